import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CheckRequest } from '../../../../lean/backend.ts';
import { prepareLean } from '../../../../lean/embedded/prepare/prepare.ts';
import type { Verdict } from '../../../../src/model/index.ts';
import { LEAN_CACHE } from '../../../support/lean-cache.ts';

/** Judges without the table of refused words; Lean that ends under a request is replaced at the next. */
export async function startDeepLean() {
  const { folder } = await prepareLean({ cacheDir: LEAN_CACHE });
  const module = await WebAssembly.compile(readFileSync(join(folder, 'lean.wasm')));
  let worker: Worker | null = null;
  const ready = async (): Promise<Worker> => {
    if (worker) return worker;
    const started = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { folder, module, memoryMiB: 1024 },
      resourceLimits: { stackSizeMb: 900 },
    });
    await once(started, 'message');
    worker = started;
    return started;
  };
  return {
    /** `died` when Lean ended under the request. `stop`: kernel work is asked to stop before it begins. */
    async judge(request: CheckRequest, stop = false): Promise<Verdict | 'died' | 'stopped'> {
      const running = await ready();
      running.postMessage({ request, stop });
      try {
        const [verdict] = await once(running, 'message');
        return verdict as Verdict | 'stopped';
      } catch {
        await running.terminate();
        worker = null;
        return 'died';
      }
    },
    close: async () => void (await worker?.terminate()),
  };
}
