import { createHash } from 'node:crypto';
import { fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { Glue } from '../runtime/memory.ts';
import type { HeaderEnv } from '../runtime/types.ts';

/*
 * A snapshot is the memory of an instance in which Lean is initialised and one header imported.
 * File: 4 bytes length of the description (little endian), the description as JSON, the runs one after the other.
 */
const PAGE = 65_536;
const LENGTH_BYTES = 4;
const ZERO = Buffer.alloc(PAGE);

/** Exports that prepare/own-global.ts adds: what of an instance's state lies outside of its memory. */
export const OWN_GLOBAL = 'proofloop.global.';

export type Snapshot = {
  /** Size of the memory, 64 KiB each. */
  readonly pages: number;
  readonly header: HeaderEnv;
  readonly globals: Readonly<Record<string, number>>;
  /** Parts of the memory that are not zero, in bytes, in order. */
  readonly runs: readonly (readonly [start: number, length: number])[];
};

const pageAt = (memory: SharedArrayBuffer, at: number): Buffer => Buffer.from(memory, at, PAGE);

const ownGlobals = (glue: Glue): [string, WebAssembly.Global][] =>
  Object.entries(glue.wasmExports).flatMap(([name, value]) =>
    name.startsWith(OWN_GLOBAL) ? [[name, value as WebAssembly.Global]] : [],
  );

/** The instance's state as the parts of a file. */
export function takeSnapshot(glue: Glue, header: HeaderEnv): Uint8Array[] {
  const memory = glue.wasmMemory.buffer;
  const runs: [number, number][] = [];
  for (let at = 0; at < memory.byteLength; at += PAGE) {
    if (ZERO.equals(pageAt(memory, at))) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === at) last[1] += PAGE;
    else runs.push([at, PAGE]);
  }
  const globals = Object.fromEntries(ownGlobals(glue).map(([name, { value }]) => [name, value as number]));
  const snapshot: Snapshot = { pages: memory.byteLength / PAGE, header, globals, runs };
  const description = Buffer.from(JSON.stringify(snapshot));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(description.length);
  return [length, description, ...runs.map(([start, size]) => Buffer.from(memory, start, size))];
}

/** A file that is not what was prepared. */
export class WrongSnapshot extends Error {}

const CHUNK = 1 << 20;

/** A snapshot's file, kept open: what was checked is what an instance goes back to again and again. */
export class SnapshotFile {
  readonly #file: number;
  readonly #dataAt: number;
  readonly snapshot: Snapshot;

  /** Reads and hashes all of it, which takes about 0.1 s for 100 MB. Throws WrongSnapshot. */
  constructor(path: string, sha256: string | undefined) {
    this.#file = openSync(path, 'r');
    const { size } = fstatSync(this.#file);
    const hash = createHash('sha256');
    const chunk = Buffer.alloc(CHUNK);
    for (let at = 0; at < size; at += CHUNK)
      hash.update(this.#read(chunk.subarray(0, Math.min(CHUNK, size - at)), at));
    const found = hash.digest('hex');
    if (found !== sha256) throw new WrongSnapshot(`${basename(path)} has sha256 ${found}`);
    const length = this.#read(Buffer.alloc(LENGTH_BYTES), 0).readUInt32LE();
    this.snapshot = JSON.parse(this.#read(Buffer.alloc(length), LENGTH_BYTES).toString());
    this.#dataAt = LENGTH_BYTES + length;
  }

  /**
   * Puts an instance of the module, whatever it did, into the state of the snapshot. Its memory has to be at least as
   * large. No thread of Lean's may be running. Takes about 50 ms.
   */
  restore(glue: Glue): void {
    const memory = glue.wasmMemory.buffer;
    let from = this.#dataAt;
    let end = 0;
    for (const [start, size] of this.snapshot.runs) {
      clear(memory, end, start);
      this.#read(Buffer.from(memory, start, size), from);
      from += size;
      end = start + size;
    }
    clear(memory, end, memory.byteLength);
    for (const [name, global] of ownGlobals(glue)) global.value = this.snapshot.globals[name];
  }

  #read(into: Buffer, from: number): Buffer {
    for (let done = 0; done < into.length; ) {
      const read = readSync(this.#file, into, done, into.length - done, from + done);
      if (read === 0) throw new Error('the snapshot ends too early');
      done += read;
    }
    return into;
  }
}

/** Pages that are zero already are not written to: most were never used, and would cost memory from then on. */
function clear(memory: SharedArrayBuffer, start: number, end: number): void {
  for (let at = start; at < end; at += PAGE) {
    const page = pageAt(memory, at);
    if (!ZERO.equals(page)) page.fill(0);
  }
}
