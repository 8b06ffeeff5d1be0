/** UTF-8 bytes of a code point. */
const bytesOf = (char: string): number => {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** The longest head of a text that has at most `max` UTF-8 bytes, with an ellipsis if something was cut. */
export const cut = (text: string, max: number): string => {
  let bytes = 0;
  let end = 0;
  let fits = 0;
  for (const char of text) {
    bytes += bytesOf(char);
    if (bytes <= max - 3) fits = end + char.length;
    if (bytes > max) return `${text.slice(0, fits)}…`;
    end += char.length;
  }
  return text;
};

/** One line for a summary: Temporal allows 200 bytes there. */
export const oneLine = (text: string): string => cut(text.replace(/\s+/g, ' ').trim(), 180);
