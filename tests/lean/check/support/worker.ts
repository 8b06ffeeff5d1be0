import { parentPort, workerData } from 'node:worker_threads';
import type { CheckRequest } from '../../../../lean/backend.ts';
import { judged } from '../../../../lean/check/judgement.ts';
import { Stopped } from '../../../../lean/check/refused.ts';
import { importHeader } from '../../../../lean/embedded/elaborate/headers.ts';
import { bootLean, type ModuleInput } from '../../../../lean/embedded/instance/boot.ts';
import { initializeLean } from '../../../../lean/embedded/runtime/initialize.ts';
import { createRuntime } from '../../../../lean/embedded/runtime/runtime.ts';
import type { HeaderEnv } from '../../../../lean/embedded/runtime/types.ts';
import { parseHeader } from '../../../../src/lean-text/imports.ts';

/** Real Lean in a thread, with the kernel and the comparison as the only judges: no word is refused. */
const { glue } = await bootLean(workerData as ModuleInput & { folder: string });
initializeLean(glue);
const lean = createRuntime(glue);
const headers = new Map<string, HeaderEnv>();

function headerOf(text: string): HeaderEnv {
  const { key } = parseHeader(text);
  const known = headers.get(key);
  if (known) return known;
  const imported = importHeader(lean, key);
  if (!imported.ok) throw new Error(imported.errors.join());
  headers.set(key, imported.header);
  return imported.header;
}

/** A token of a stop that was asked for already: the value of its cell is `true`. */
const stopped = lean.W('l_IO_CancelToken_new')(lean.box(0));
new Int32Array(glue.wasmMemory.buffer)[(stopped + 8) >> 2] = lean.box(1);

parentPort!.on('message', ({ request, stop }: { request: CheckRequest; stop: boolean }) => {
  const header = headerOf(request.challenge.header);
  const how = { fresh: true, cancelToken: stop ? stopped : undefined };
  try {
    parentPort!.postMessage(lean.scope(() => judged(lean, header, request, how)));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    parentPort!.postMessage('stopped');
  }
});
parentPort!.postMessage('ready');
