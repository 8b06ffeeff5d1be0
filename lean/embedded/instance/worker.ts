import { parentPort } from 'node:worker_threads';
import type { FromInstance, ToInstance } from '../host/protocol.ts';
import { createRuntime } from '../runtime/runtime.ts';
import { isLethal } from '../runtime/scope.ts';
import { type BootInput, bootLean } from './boot.ts';
import { createJobs } from './jobs.ts';
import { createTokens } from './tokens.ts';

/** Thread of one instance: boots Lean, then answers one job after the other. */
const port = parentPort!;
const post = (message: FromInstance) => port.postMessage(message);

const boot = await new Promise<BootInput>((resolve) => port.once('message', resolve));
const { glue, printed } = await bootLean(boot);
const lean = createRuntime(glue);
const memory = glue.wasmMemory;
const nextToken = createTokens(lean, memory);
const work = createJobs(lean);

function answer({ id, job }: ToInstance): void {
  const token = nextToken();
  lean.stopToken = token;
  printed.length = 0;
  post({ type: 'begun', id, token });
  try {
    const outcome = work(job);
    post({ type: 'answer', id, outcome, memoryBytes: memory.buffer.byteLength });
  } catch (error) {
    const detail = describe(error);
    post(isLethal(error) ? { type: 'dead', detail } : { type: 'fault', id, detail });
  }
}

/** What is thrown may be a C++ exception: an address. What Lean printed last tells more. */
function describe(error: unknown): string {
  const thrown = error instanceof Error ? error.message : `exception ${String(error)}`;
  return [thrown, ...printed].join('\n').slice(0, 2_000);
}

port.on('message', answer);
post({ type: 'ready', memory });
