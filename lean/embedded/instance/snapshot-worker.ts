import { openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { importHeader } from '../elaborate/headers.ts';
import { createCore } from '../runtime/core.ts';
import { initializeLean } from '../runtime/initialize.ts';
import { type BootInput, bootLean, type ModuleInput } from './boot.ts';
import { takeSnapshot } from './snapshot.ts';

/** `key` of the header to import, and the file to write. */
export type SnapshotInput = Pick<BootInput, 'folder'> &
  ModuleInput & { readonly key: string; readonly file: string };

/** Thread that initialises Lean, imports one header, and writes its memory to a file. */
const input = workerData as SnapshotInput;
const { glue } = await bootLean(input);
initializeLean(glue);
const result = importHeader(createCore(glue), input.key);
if (!result.ok) throw new Error(`${input.key} could not be imported: ${result.errors.join('\n')}`);
const file = openSync(input.file, 'wx');
for (const part of takeSnapshot(glue, result.header))
  for (let at = 0; at < part.length; ) at += writeSync(file, part, at);
parentPort!.postMessage('written');
