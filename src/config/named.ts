import type { z } from 'zod';
import { badTable, badValue } from './issues.ts';
import { type FileSource, isTable, lookUp } from './sources.ts';

export type Named<T> = Readonly<Record<string, { readonly value: T; readonly from: string }>>;

/** The tables below `key` of all files by name; a profile of a stronger file replaces the whole one of the same name. */
export const namedTables = <T>(
  files: readonly FileSource[],
  key: string,
  schema: (base: string) => z.ZodType<T>,
  defaults: Readonly<Record<string, T>>,
  isReserved: (name: string) => boolean = () => false,
): Named<T> => {
  const found: Record<string, { value: T; from: string }> = {};
  for (const [name, value] of Object.entries(defaults)) found[name] = { value, from: 'default' };
  for (const { file, base, table } of [...files].reverse()) {
    const tables = lookUp(table, key);
    if (tables === undefined) continue;
    if (!isTable(tables)) throw badValue(`"${key}" in "${file}"`, key, tables, 'expected tables of profiles');
    for (const [name, raw] of Object.entries(tables)) {
      if (isReserved(name)) continue;
      const parsed = schema(base).safeParse(raw);
      if (!parsed.success) throw badTable(file, `${key}.${name}`, raw, parsed.error);
      found[name] = { value: parsed.data, from: file };
    }
  }
  return found;
};

/** The rows of an array of tables in all files, those of the strongest first. */
export const listedTables = <T>(
  files: readonly FileSource[],
  key: string,
  schema: (base: string) => z.ZodType<T>,
): readonly { readonly value: T; readonly from: string }[] =>
  files.flatMap(({ file, base, table }) => {
    const rows = lookUp(table, key);
    if (rows === undefined) return [];
    if (!Array.isArray(rows))
      throw badValue(`"${key}" in "${file}"`, key, rows, `expected [[${key}]] tables`);
    return rows.map((raw: unknown, i) => {
      const parsed = schema(base).safeParse(raw);
      if (!parsed.success) throw badTable(file, `${key}.${i}`, raw, parsed.error);
      return { value: parsed.data, from: file };
    });
  });
