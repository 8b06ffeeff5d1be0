/** Bytes of the longest line that is read; the largest record of a published set has some tens of kB. */
export const MAX_LINE_BYTES = 8 << 20;

/** A line of a file: its text without line end, or why it has none. `line` is 1-based. */
export type Line = { readonly line: number } & ({ readonly text: string } | { readonly fault: string });

const NEWLINE = 0x0a;

/**
 * The lines of a byte stream. A line that is no UTF-8 or too long to be a record is a fault of that line alone; memory
 * stays bounded by the longest line that is read. A byte order mark at the beginning is none of the text.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  max = MAX_LINE_BYTES,
): AsyncGenerator<Line> {
  let line = 1;
  let parts: Uint8Array[] = [];
  let length = 0;
  const flush = (): Line => {
    const read = length > max ? tooLong(line, length, max) : decoded(line, Buffer.concat(parts));
    line += 1;
    parts = [];
    length = 0;
    return read;
  };
  const take = (part: Uint8Array) => {
    length += part.length;
    if (length <= max) parts.push(part);
    else parts = [];
  };
  for await (const chunk of chunks) {
    let at = 0;
    for (let end = chunk.indexOf(NEWLINE, at); end >= 0; end = chunk.indexOf(NEWLINE, at)) {
      take(chunk.subarray(at, end));
      yield flush();
      at = end + 1;
    }
    if (at < chunk.length) take(chunk.subarray(at));
  }
  if (length > 0) yield flush();
}

const tooLong = (line: number, length: number, max: number): Line => ({
  line,
  fault: `the line has ${length} bytes; ${max} are the most that is read as a record`,
});

function decoded(line: number, bytes: Buffer): Line {
  const text = utf8(bytes);
  if (text === null) return { line, fault: notUtf8(bytes) };
  return { line, text: (line === 1 ? text.replace(/^\ufeff/u, '') : text).replace(/\r$/u, '') };
}

/** The text, or null where the bytes are no UTF-8. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function notUtf8(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const utf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  const gzip = a === 0x1f && b === 0x8b;
  const why = utf16 ? '; it begins like UTF-16' : gzip ? '; it begins like gzip, unpack it first' : '';
  return `it is not UTF-8 text${why}`;
}
