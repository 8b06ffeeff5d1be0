import { blocksOf } from './blocks.ts';
import { dedent } from './tokens.ts';

const KEYS = ['proof', 'lean4_code', 'lean_code', 'lean4', 'lean', 'code', 'theorem', 'text', 'answer'];
/** Objects within objects; an answer is not deeper than this. */
const DEPTH = 3;

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The string under a known key, the outer ones first. */
function underKey(value: unknown, depth: number): string | null {
  if (!isObject(value)) return null;
  for (const key of KEYS) {
    const field = Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof field === 'string' && field.trim() !== '') return field;
  }
  if (depth === 0) return null;
  for (const inner of Object.values(value)) {
    const found = underKey(inner, depth - 1);
    if (found !== null) return found;
  }
  return null;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Code in a structured answer (an object, a string of its own, an object behind prose), itself perhaps fenced. */
export function codeInJson(text: string): string[] {
  const trimmed = text.trim();
  const value = parse(trimmed) ?? parse(trimmed.slice(trimmed.indexOf('{'), trimmed.lastIndexOf('}') + 1));
  const found = typeof value === 'string' ? value : underKey(value, DEPTH);
  if (found === null || found.trim() === '') return [];
  const inner = blocksOf(found).at(-1)?.text;
  return [inner ?? dedent(found.replace(/\r\n/g, '\n'))];
}
