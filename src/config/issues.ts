import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { ProofloopError } from '../model/index.ts';
import { quoted } from './mask.ts';

/** Says that `value` of `key` cannot be used; `where` is a flag, a variable, or `"KEY" in FILE`. */
export const badValue = (where: string, key: string, value: unknown, why: string): ProofloopError =>
  new ProofloopError('CONFIG_INVALID', `${where} is ${quoted(key, value)}: ${why}`);

const didYouMean = (name: string, known: readonly string[]): string => {
  const near = known.length === 0 ? '' : closest(name, [...known]);
  return near !== '' && distance(name, near) <= 3 ? `; did you mean "${near}"?` : '';
};

export const unknownKey = (
  where: string,
  name: string,
  value: unknown,
  known: readonly string[],
): ProofloopError => {
  const secret =
    quoted(name, value) === '"***"'
      ? ' A key stays in the environment: name its variable with api_key_env.'
      : '';
  return new ProofloopError(
    'CONFIG_INVALID',
    `${where} sets "${name}" to ${quoted(name, value)}, which proofloop does not know${didYouMean(name, known)}${secret}`,
  );
};

export const unknownName = (
  what: string,
  name: string,
  from: string,
  known: readonly string[],
): ProofloopError =>
  new ProofloopError(
    what === 'prover' ? 'PROVER_UNKNOWN' : 'CONFIG_INVALID',
    `There is no ${what} profile "${name}" (asked for by ${from}; known: ${known.join(', ')})${didYouMean(name, known)}`,
  );

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (v, name) =>
      typeof v === 'object' && v !== null ? (v as Record<PropertyKey, unknown>)[name] : undefined,
    value,
  );

/** The first thing that a schema found wrong in the table under `key` of `file`. */
export const badTable = (file: string, key: string, value: unknown, error: z.ZodError): ProofloopError => {
  const issue = error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const name = [key, ...issue.path, issue.keys[0]].join('.');
    return unknownKey(`"${file}"`, name, at(value, [...issue.path, issue.keys[0] ?? '']), []);
  }
  const name = [key, ...(issue?.path ?? [])].join('.');
  const found = at(value, issue?.path ?? []);
  if (found === undefined)
    return new ProofloopError(
      'CONFIG_INVALID',
      `"${file}" lacks "${name}": ${issue?.message ?? 'it is needed'}`,
    );
  return badValue(`"${name}" in "${file}"`, name, found, issue?.message ?? 'not valid');
};
