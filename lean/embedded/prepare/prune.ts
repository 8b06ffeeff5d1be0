const EXPORT_SECTION = 7;
const MAGIC_AND_VERSION = 8;

/**
 * The same WebAssembly module with fewer exports.
 * Section layout: https://webassembly.github.io/spec/core/binary/modules.html
 */
export function pruneExports(wasm: Buffer, keep: (symbol: string) => boolean): Buffer {
  const parts: Buffer[] = [wasm.subarray(0, MAGIC_AND_VERSION)];
  let at = MAGIC_AND_VERSION;
  const leb = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = wasm[at++];
      if (byte === undefined) throw new Error(`the module ends inside a number at byte ${at}`);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < wasm.length) {
    const start = at;
    const id = wasm[at++];
    const length = leb();
    const end = at + length;
    if (id === EXPORT_SECTION) {
      const kept: Buffer[] = [];
      for (let left = leb(); left > 0; left--) {
        const item = at;
        const nameLength = leb();
        const name = wasm.toString('latin1', at, at + nameLength);
        at += nameLength + 1;
        leb();
        if (keep(name)) kept.push(wasm.subarray(item, at));
      }
      const body = Buffer.concat([lebBytes(kept.length), ...kept]);
      parts.push(Buffer.from([EXPORT_SECTION]), lebBytes(body.length), body);
    } else parts.push(wasm.subarray(start, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function lebBytes(n: number): Buffer {
  const bytes: number[] = [];
  do {
    const low = n % 128;
    n = Math.floor(n / 128);
    bytes.push(n > 0 ? low | 128 : low);
  } while (n > 0);
  return Buffer.from(bytes);
}
