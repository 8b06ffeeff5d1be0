import type { z } from 'zod';

/** Where a record came from, and who is told when it cannot be read. */
export type RecordSource = {
  readonly db: { readonly location: string };
  /** Told of each row that cannot be read; such a row counts as absent. */
  readonly report: (message: string) => void;
};

/** Reads a record written as JSON; null (and a report) if it is damaged or of a form that is no longer known. */
export const parseRecord = <T>(
  { db, report }: RecordSource,
  schema: z.ZodType<T>,
  record: unknown,
  what: string,
): T | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(String(record)));
    if (parsed.success) return parsed.data;
    report(
      `${what} in "${db.location}" is not readable and counts as absent: ${parsed.error.issues[0]?.message}`,
    );
  } catch (e) {
    report(`${what} in "${db.location}" is not readable and counts as absent: ${(e as Error).message}`);
  }
  return null;
};

/** A row's last use is written at most once in this many milliseconds. */
export const TOUCH_MS = 60_000;
