/** Keeps the last `capacity` bytes of a stream that is always read to its end. */
export class ByteRing {
  readonly #capacity: number;
  #pieces: Buffer[] = [];
  #kept = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(chunk: Buffer): void {
    this.#pieces.push(chunk.subarray(Math.max(0, chunk.length - this.#capacity)));
    this.#kept += Math.min(chunk.length, this.#capacity);
    if (this.#kept > 2 * this.#capacity) this.#pieces = [this.#last()];
    this.#kept = this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  text(): string {
    return this.#last().toString('utf8').trim();
  }

  #last(): Buffer {
    const all = Buffer.concat(this.#pieces);
    return Buffer.from(all.subarray(Math.max(0, all.length - this.#capacity)));
  }
}
