const NEWLINE = 10;

/** A request's text, or why there is none. `blank`: an empty line where no request was open. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'blank' | 'not UTF-8' | 'too long' };

/** Bytes of one request; half of what a JavaScript string can hold. */
const MAX_BYTES = 256 << 20;

/**
 * Cuts the input as the REPL does: lines up to a blank one, each trimmed at its right end and joined with nothing.
 * The end of the input ends a block too; blank lines before it are nothing.
 */
export async function* blocks(
  input: AsyncIterable<Uint8Array | string>,
  maxBytes = MAX_BYTES,
): AsyncGenerator<Block> {
  let open: string[] = [];
  let size = 0;
  let kind: 'text' | 'not UTF-8' | 'too long' | null = null;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const take = (): Block => {
    const block: Block = kind === 'text' ? { kind, text: open.join('') } : { kind: kind ?? 'blank' };
    open = [];
    size = 0;
    kind = null;
    return block;
  };
  for await (const line of lines(input, maxBytes)) {
    let text = '';
    let bad: 'not UTF-8' | 'too long' | null = null;
    if (line === null) bad = 'too long';
    else
      try {
        text = decoder.decode(line).trimEnd();
      } catch {
        bad = 'not UTF-8';
      }
    if (bad === null && text === '') {
      yield take();
      continue;
    }
    size += text.length;
    if (size > maxBytes) bad = 'too long';
    if (bad !== null) open = [];
    else if (kind === null || kind === 'text') open.push(text);
    kind = bad ?? kind ?? 'text';
  }
  if (kind !== null) yield take();
}

/**
 * Lines without their ends, null for one that is too long; chunks are joined once a line is whole, so that a long line
 * costs one copy.
 */
async function* lines(
  input: AsyncIterable<Uint8Array | string>,
  maxBytes: number,
): AsyncGenerator<Buffer | null> {
  let parts: Buffer[] = [];
  let size = 0;
  const add = (part: Buffer) => {
    size += part.length;
    if (size > maxBytes) parts = [];
    else parts.push(part);
  };
  const take = () => {
    const line = size > maxBytes ? null : Buffer.concat(parts);
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of input) {
    let rest = Buffer.from(chunk);
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      add(rest.subarray(0, at));
      yield take();
      rest = rest.subarray(at + 1);
    }
    add(rest);
  }
  if (size > 0) yield take();
}
