import { InvalidArgumentError } from 'commander';

/** A whole number from 1 up, as a flag's value. */
export const positive = (text: string): number => {
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < 1) throw new InvalidArgumentError('It has to be a whole number from 1 up.');
  return n;
};

/** Names apart by commas; the flag may be given more than once. */
export const listed = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  ...text.split(',').filter((name) => name !== ''),
];
