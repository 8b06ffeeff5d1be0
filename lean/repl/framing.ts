const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** One request as the repl reads it: a single line of JSON (it joins lines with nothing between) and a blank line. */
export const frame = (request: object): string => `${JSON.stringify(request)}\n\n`;

/**
 * Cuts a byte stream into the blocks between blank lines. Works on bytes, so a character split between two chunks
 * is whole again, and looks at each byte once, so a line may have any length.
 */
export class BlockSplitter {
  #pieces: Buffer[] = [];
  #bytes = 0;
  /** Whether the current line has held nothing but carriage returns so far. */
  #blank = true;

  /** Bytes of the block that is not finished yet. */
  get pending(): number {
    return this.#bytes;
  }

  /** The blocks that `chunk` completes, without the blank line and without empty blocks. */
  push(chunk: Buffer): Buffer[] {
    const blocks: Buffer[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte !== NEWLINE) {
        if (byte !== RETURN) {
          const next = chunk.indexOf(NEWLINE, at);
          this.#blank = false;
          at = (next < 0 ? chunk.length : next) - 1;
        }
        continue;
      }
      if (this.#blank) {
        this.#keep(chunk.subarray(from, at));
        const block = this.#take();
        if (block.length > 0) blocks.push(block);
        from = at + 1;
      }
      this.#blank = true;
    }
    this.#keep(chunk.subarray(from));
    return blocks;
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#bytes += piece.length;
  }

  #take(): Buffer {
    const block = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#bytes = 0;
    const first = block.findIndex((byte) => byte !== NEWLINE && byte !== RETURN);
    return first < 0 ? Buffer.alloc(0) : block.subarray(first);
  }
}
