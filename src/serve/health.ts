import { z } from 'zod';
import type { LeanIdentity, LeanService } from '../../lean/service.ts';
import type { Admission } from './admission.ts';
import { askCanaries } from './canary.ts';
import type { Stops } from './stops.ts';

export const healthSchema = z.object({
  status: z.enum(['ok', 'unavailable', 'ending']),
  reason: z.string().optional(),
  version: z.string(),
  lean: z.object({ version: z.string(), backend: z.string(), sandbox: z.string() }),
  instances: z.object({ configured: z.number(), ready: z.number(), busy: z.number() }),
  queue: z.object({ snippets: z.number(), waiting: z.number(), limit: z.number(), requests: z.number() }),
});
export type Health = z.infer<typeof healthSchema>;

/** How long an answer may wait for Lean to start. */
const PROBE_MS = 15_000;

export type HealthOptions = {
  readonly lean: LeanService;
  readonly identity: LeanIdentity;
  readonly admission: Admission;
  readonly stops: Stops;
  readonly queue: number;
  readonly version: string;
};

/** Whether snippets will be answered. Where no instance lives, one is started to see. */
export function createHealth(on: HealthOptions): () => Promise<Health> {
  let probe: Promise<string | null> | null = null;
  const unavailable = async (): Promise<string | null> => {
    if (ready(on.lean) > 0) return null;
    probe ??= askCanaries(on.lean, 1, AbortSignal.timeout(PROBE_MS))
      .then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      )
      .finally(() => {
        probe = null;
      });
    return await probe;
  };
  return async () => {
    const reason = on.stops.ending ? null : await unavailable();
    const { slots, busy, waiting } = on.lean.status();
    const { version, backend, sandbox } = on.identity;
    return {
      status: on.stops.ending ? 'ending' : reason === null ? 'ok' : 'unavailable',
      ...(reason === null ? {} : { reason }),
      version: on.version,
      lean: { version, backend, sandbox },
      instances: { configured: slots, ready: ready(on.lean), busy },
      queue: {
        snippets: on.admission.snippets,
        waiting,
        limit: on.queue,
        requests: on.admission.requests,
      },
    };
  };
}

const ready = (lean: LeanService): number => lean.status().instances.length;
