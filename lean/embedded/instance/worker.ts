import { parentPort } from 'node:worker_threads';
import type { FromInstance, ToInstance } from '../host/protocol.ts';
import { isLethal } from '../runtime/scope.ts';
import type { BootInput, ModuleInput } from './boot.ts';
import { WrongSnapshot } from './snapshot.ts';
import { startInstance } from './start.ts';

/** Thread of one instance: boots Lean, then answers one job after the other. */
const port = parentPort!;
const post = (message: FromInstance) => port.postMessage(message);

const next = <T>() => new Promise<T>((resolve) => port.once('message', resolve));

const boot = await next<BootInput>();
const module = next<ModuleInput>();
const instance = await startInstance(boot, module).catch(orRefuse);

/**
 * A wrong file is the host's matter. It listens to this thread from when it sends the module. The thread lives on to be
 * ended with the host: news of its end might come before the message.
 */
async function orRefuse(error: unknown): Promise<never> {
  if (!(error instanceof WrongSnapshot)) throw error;
  await module;
  post({ type: 'refused', detail: error.message });
  return await next<never>();
}

function answer({ id, job }: ToInstance): void {
  instance.printed.length = 0;
  try {
    const outcome =
      job.kind === 'reset'
        ? ({ kind: 'reset', done: instance.reset(job.snapshot) } as const)
        : instance.work(job, (token) => post({ type: 'begun', id, token }));
    post({ type: 'answer', id, outcome, memoryBytes: instance.memory.buffer.byteLength });
  } catch (error) {
    if (error instanceof WrongSnapshot) post({ type: 'refused', detail: error.message });
    else post({ ...(isLethal(error) ? { type: 'dead' } : { type: 'fault', id }), detail: describe(error) });
  }
}

/** What is thrown may be a C++ exception: an address. What Lean printed last tells more. */
function describe(error: unknown): string {
  const thrown = error instanceof Error ? error.message : `exception ${String(error)}`;
  return [thrown, ...instance.printed].join('\n').slice(0, 2_000);
}

port.on('message', answer);
post({ type: 'ready', memory: instance.memory });
