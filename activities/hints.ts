import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseHeader } from '../src/lean-text/imports.ts';
import { type Lemma, lemmaSchema } from '../src/model/index.ts';
import { canonicalJson, contentKey } from '../src/store/keys.ts';
import { whileAlive } from './alive.ts';
import type { HintsInput, LeanActivities } from './api.ts';
import { caseOf, type JudgingDeps } from './judging.ts';
import { once } from './lease.ts';

/** Raise it when other lemmas are found for the same theorem. */
const VERSION = '2';
/** UTF-8 bytes of all names and types together: each request of the theorem carries them. */
const MOST_BYTES = 8 * 1024;

const lemmasSchema = z.array(lemmaSchema);

/** Lemmas are found once for a theorem, whoever asks, and stored beside the models' answers. */
export const hintActivities = (deps: JudgingDeps): Pick<LeanActivities, 'hints'> => ({
  hints: (input) =>
    whileAlive(async (signal) => {
      const from = deps.now();
      const find = async () => JSON.stringify(await lemmasOf(deps, input, signal));
      const text = input.cache
        ? (
            await once({
              store: deps.store,
              key: await keyOf(deps, input),
              owner: randomUUID(),
              signal,
              make: find,
            })
          ).value
        : await find();
      return { lemmas: lemmasSchema.parse(JSON.parse(text)), leanMs: deps.now() - from };
    }),
});

const lemmasOf = async (
  deps: JudgingDeps,
  { theorem, lean, limit }: HintsInput,
  signal: AbortSignal,
): Promise<readonly Lemma[]> => {
  const { job } = await caseOf(deps, theorem, lean);
  let left = MOST_BYTES;
  const found = await deps.lean.relevant(job, { limit }, { signal });
  return found.flatMap(({ name, type }) => {
    left -= Buffer.byteLength(name + type, 'utf8');
    return left < 0 ? [] : [{ name, type }];
  });
};

const keyOf = async (
  { lean: service }: JudgingDeps,
  { theorem, lean, limit }: HintsInput,
): Promise<string> => {
  const { header, context, ownContext, statement, name, provenance } = theorem;
  return contentKey('lemmas', [
    VERSION,
    (await service.identity()).buildHash,
    parseHeader(header).key,
    canonicalJson({ context, ownContext, name, statement, provenance, limit, heartbeats: lean.heartbeats }),
  ]);
};
