import { parentPort, workerData } from 'node:worker_threads';
import type { CheckRequest } from '../../../../lean/backend.ts';
import { judged } from '../../../../lean/check/judgement.ts';
import { importHeader } from '../../../../lean/embedded/elaborate/headers.ts';
import { type BootInput, bootLean } from '../../../../lean/embedded/instance/boot.ts';
import { createRuntime } from '../../../../lean/embedded/runtime/runtime.ts';
import type { HeaderEnv } from '../../../../lean/embedded/runtime/types.ts';
import { parseHeader } from '../../../../src/lean-text/imports.ts';

/** Real Lean in a thread, with the kernel and the comparison as the only judges: no word is refused. */
const { glue } = await bootLean(workerData as BootInput);
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

parentPort!.on('message', (request: CheckRequest) => {
  const header = headerOf(request.challenge.header);
  parentPort!.postMessage(lean.scope(() => judged(lean, header, request, { fresh: true })));
});
parentPort!.postMessage('ready');
