import { InvalidArgumentError } from 'commander';

/** Parsers of option values: each answers a plain value or throws what commander prints as a usage error. */
export const wholeNumber =
  (min: number) =>
  (text: string): number => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(n) || n < min)
      throw new InvalidArgumentError(`It has to be a whole number from ${min} up.`);
    return n;
  };

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30s`, `5m`, `1.5h`, `90` (seconds) -> milliseconds. */
export const durationMs = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)?$/.exec(text);
  const ms =
    match === null ? 0 : Math.round(Number(match[1]) * UNIT_MS[(match[2] ?? 's') as keyof typeof UNIT_MS]);
  if (ms < 1) throw new InvalidArgumentError('It has to be a time like 30s, 5m or 2h.');
  return ms;
};

/** US dollars; `none` takes the limit away. */
export const money = (text: string): number | null => {
  if (text === 'none') return null;
  const usd = Number(text.replace(/^\$/, ''));
  if (!/^\$?\d+(\.\d+)?$/.test(text) || !Number.isFinite(usd))
    throw new InvalidArgumentError('It has to be an amount of US dollars like 2 or 0.50, or `none`.');
  return usd;
};

/** `a,b,c`, without empty or doubled names. */
export const nameList = (text: string): string[] => {
  const names = [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('It has to be names with commas between them.');
  return names;
};

/** An option that may be given more than once. */
export const collect = (text: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  text,
];

export const regularExpression = (text: string): RegExp => {
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
};
