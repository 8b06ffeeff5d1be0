import { DIFFICULTIES, type Difficulty } from '../../model/index.ts';

/** A record of somebody else's: what its fields hold is for the reader of its form to say. */
export type Row = Readonly<Record<string, unknown>>;

/** The first of the fields that holds text; white space is none. */
export function textOf(row: Row, ...fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const value = row[field];
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/** The first of the fields that holds text, or a list of texts. */
export function wordsOf(row: Row, ...fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const value = row[field];
    const words = Array.isArray(value) ? value.filter((w) => typeof w === 'string') : [];
    const text = words.length > 0 ? words.join(', ') : textOf(row, field);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A doc comment, or what stands for one, without its marks. */
export const withoutMarks = (text: string): string =>
  text
    .trim()
    .replace(/^\/--?/u, '')
    .replace(/-\/$/u, '')
    .trim();

const OF_LEVEL: readonly Difficulty[] = ['easy', 'easy', 'medium', 'hard', 'very_hard'];

/** Our own words, or a level from 1 to 5 (miniCodeProps' `score`, MATH's `Level 3`); anything else is left out. */
export function difficultyOf(value: unknown): Difficulty | undefined {
  const text = String(value ?? '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  const own = DIFFICULTIES.find((d) => d === text);
  if (own !== undefined) return own;
  const level = /^(?:level_)?([1-5])(?:\.0)?$/u.exec(text)?.[1];
  return level === undefined ? undefined : OF_LEVEL[Number(level) - 1];
}

/** What the field's sets call the same thing. */
export const INFORMAL_FIELDS = [
  'informal_prefix',
  'informal_stmt',
  'informal_statement',
  'informal',
  'natural_language',
  'nl_statement',
  'description',
  'problem',
] as const;
export const ID_FIELDS = [
  'problem_id',
  'name',
  'full_name',
  'theorem_name',
  'problem_name',
  'custom_id',
  'task_id',
  'id',
  'uuid',
] as const;
