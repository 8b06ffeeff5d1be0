import { join } from 'node:path';
import type { Outcome } from '../host/protocol.ts';
import { Libraries } from '../lemmas/libraries.ts';
import type { Glue } from '../runtime/memory.ts';
import { createRuntime } from '../runtime/runtime.ts';
import type { Obj } from '../runtime/types.ts';
import { type BootInput, bootLean, type ModuleInput, type Printed } from './boot.ts';
import { closeFiles } from './filesystem.ts';
import { createJobs, type LeanJob } from './jobs.ts';
import { SnapshotFile } from './snapshot.ts';
import { createTokens } from './tokens.ts';

const PAGE = 65_536;

/** An instance in its thread. */
export type Instance = {
  readonly memory: WebAssembly.Memory;
  readonly printed: Printed;
  /** `begun` gets the cancel token of the job before the work begins. Throws as `createJobs` says. */
  work(job: LeanJob, begun: (token: Obj) => void): Outcome;
  /**
   * Back to the state of a snapshot: nothing that the instance has run is left in its memory. False, and nothing done,
   * when threads of Lean's live in that memory (`exact?` starts some).
   */
  reset(snapshot: string): boolean;
};

/** Checks the snapshot at once, while the module may still be on its way. Rejects with WrongSnapshot. */
export async function startInstance(boot: BootInput, coming: Promise<ModuleInput>): Promise<Instance> {
  const files = new Map<string, SnapshotFile>();
  const fileOf = (path: string): SnapshotFile => {
    let file = files.get(path);
    if (!file) {
      file = new SnapshotFile(join(boot.folder, path), boot.sha256[path]);
      files.set(path, file);
    }
    return file;
  };
  const { pages } = fileOf(boot.snapshot).snapshot;
  const { glue, printed } = await bootLean({ folder: boot.folder, ...(await coming) }, pages);
  const memory = glue.wasmMemory;

  // A snapshot's objects lie where they lay, so what was read of its header once holds behind every reset.
  const libraries = new Map<string, Libraries>();
  const librariesOf = (path: string): Libraries => {
    const known = libraries.get(path) ?? new Libraries();
    libraries.set(path, known);
    return known;
  };

  const begin = (path: string) => {
    const file = fileOf(path);
    file.restore(glue);
    const lean = createRuntime(glue);
    const nextToken = createTokens(lean, memory);
    const work = createJobs(lean, file.snapshot.header, librariesOf(path));
    return (job: LeanJob, begun: (token: Obj) => void): Outcome => {
      lean.stopToken = nextToken();
      begun(lean.stopToken);
      return work(job);
    };
  };
  let work = begin(boot.snapshot);

  return {
    memory,
    printed,
    work: (job, begun) => work(job, begun),
    reset: (path) => {
      if (hasThreads(glue)) return false;
      closeFiles(glue);
      const missing = fileOf(path).snapshot.pages - memory.buffer.byteLength / PAGE;
      if (missing > 0) memory.grow(missing);
      work = begin(path);
      return true;
    },
  };
}

const hasThreads = ({ PThread }: Glue): boolean =>
  PThread.runningWorkers.length + PThread.unusedWorkers.length > 0;
