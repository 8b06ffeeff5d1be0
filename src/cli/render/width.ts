import stringWidth from 'string-width';

/** Columns that a text takes on a terminal. */
export const columns = (text: string): number => stringWidth(text);

/** Cuts an unstyled text to at most `max` columns, the last one being `…`. */
export const cut = (text: string, max: number): string => {
  if (columns(text) <= max) return text;
  let kept = '';
  for (const char of text) {
    if (columns(kept + char) > max - 1) break;
    kept += char;
  }
  return `${kept}…`;
};

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columns(text)));

export const indent = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : by + line))
    .join('\n');
