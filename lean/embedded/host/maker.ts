import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SnapshotInput } from '../instance/snapshot-worker.ts';
import { SNAPSHOTS } from '../prepare/snapshot-names.ts';
import { STACK_MIB } from './instances.ts';

/**
 * A process that makes the snapshots of a prepared folder. It runs nothing but Lean's own files.
 * Arguments: folder, upper bound of the memory in MiB.
 */
const [folder, memoryMiB] = [process.argv[2]!, Number(process.argv[3])];
const module = await WebAssembly.compile(await readFile(join(folder, 'lean.wasm')));
await Promise.all(SNAPSHOTS.map(make));
process.exit(0);

async function make({ file, key }: (typeof SNAPSHOTS)[number]): Promise<void> {
  const input: SnapshotInput = { folder, module, memoryMiB, key, file: join(folder, file) };
  const worker = new Worker(new URL('./snapshot-worker.mjs', import.meta.url), {
    workerData: input,
    resourceLimits: { stackSizeMb: STACK_MIB },
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread for ${file} ended with code ${code}`)));
  });
}
