/** Numbers of sections: https://webassembly.github.io/spec/core/binary/modules.html */
export const SECTION = {
  import: 2,
  table: 4,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
} as const;

export const KIND = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

const MAGIC_AND_VERSION = 8;

/** Reads numbers and names of the binary format, one after the other. */
export class Reader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error(`the module ends too early, at byte ${this.at}`);
    return byte;
  }

  /** An unsigned LEB128 number below 2^53. */
  unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** Passes over a LEB128 number of either kind. */
  skipNumber(): void {
    while (this.byte() >= 128);
  }

  name(): string {
    const length = this.unsigned();
    this.at += length;
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + this.at - length, length).toString(
      'latin1',
    );
  }
}

export type Section = { readonly id: number; readonly body: Uint8Array };

/** The sections of a module, in order; bodies are views. */
export function readSections(wasm: Uint8Array): Section[] {
  const reader = new Reader(wasm, MAGIC_AND_VERSION);
  const sections: Section[] = [];
  while (reader.at < wasm.length) {
    const id = reader.byte();
    const length = reader.unsigned();
    if (reader.at + length > wasm.length) throw new Error(`section ${id} ends behind the module`);
    sections.push({ id, body: wasm.subarray(reader.at, reader.at + length) });
    reader.at += length;
  }
  return sections;
}

export function writeModule(wasm: Uint8Array, sections: readonly Section[]): Buffer {
  const parts = sections.flatMap(({ id, body }) => [Buffer.of(id), unsigned(body.length), body]);
  return Buffer.concat([wasm.subarray(0, MAGIC_AND_VERSION), ...parts]);
}

export function unsigned(n: number): Buffer {
  const bytes: number[] = [];
  do {
    const low = n % 128;
    n = Math.floor(n / 128);
    bytes.push(n > 0 ? low | 128 : low);
  } while (n > 0);
  return Buffer.from(bytes);
}

export function name(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  return Buffer.concat([unsigned(bytes.length), bytes]);
}
