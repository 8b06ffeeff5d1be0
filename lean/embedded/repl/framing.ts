const NEWLINE = 10;

/** A request's bytes as text; null when they are not UTF-8. */
export type Block = { readonly text: string | null };

/**
 * Cuts the input as the REPL does: lines up to a blank one, each trimmed at its right end and joined with nothing.
 * The end of the input ends a block too. A blank line where no block is open gives an empty block.
 */
export async function* blocks(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<Block> {
  let open: string[] = [];
  let valid = true;
  let begun = false;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const take = (): Block => {
    const block = { text: valid ? open.join('') : null };
    open = [];
    valid = true;
    begun = false;
    return block;
  };
  for await (const line of lines(input)) {
    let text = '';
    try {
      text = decoder.decode(line).trimEnd();
      if (text === '') {
        yield take();
        continue;
      }
    } catch {
      valid = false;
    }
    begun = true;
    open.push(text);
  }
  if (begun) yield take();
}

/** Lines without their ends; chunks are joined once a line is whole, so that a long line costs one copy. */
async function* lines(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  for await (const chunk of input) {
    let rest = Buffer.from(chunk);
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      yield Buffer.concat([...parts, rest.subarray(0, at)]);
      parts = [];
      rest = rest.subarray(at + 1);
    }
    if (rest.length > 0) parts.push(rest);
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}
