import { readFile, stat } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { type Link, lineage, type Node, planted, resultOf } from './history.ts';

const FORMAT = 'proofloop-repl-history';
const MAX_BYTES = 64 << 20;

const heartbeats = z.number().int().nonnegative().nullable();
const stepSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    cmd: z.string(),
    header: z.string().nullable(),
    allTactics: z.boolean(),
    rootGoals: z.boolean(),
    infotree: z.null(),
    heartbeats,
  }),
  z.object({ kind: z.literal('tactic'), tactic: z.string(), heartbeats }),
  z.object({ kind: z.literal('copy'), messages: z.boolean() }),
]);

/**
 * A pickle is a record of the requests behind an environment (`result` null) or a proof state (`result`: which one of
 * the last step). They are run again when it is read.
 */
const pickleSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  lean: z.string(),
  steps: z.array(z.object({ step: stepSchema, on: z.number().int().nonnegative().nullable() })).min(1),
  result: z.number().int().nonnegative().nullable(),
});
type Pickle = z.infer<typeof pickleSchema>;

/** Writes in one step: another process never reads half of it. Rejects with the system's error. */
export async function writePickle(path: string, node: Node, lean: string): Promise<void> {
  const steps = lineage(node).map(({ step, on }) => ({
    step: step.kind === 'command' ? { ...step, infotree: null } : step,
    on,
  }));
  const pickle: Pickle = { format: FORMAT, version: 1, lean, steps, result: resultOf(node) };
  await writeFileAtomic(path, `${JSON.stringify(pickle)}\n`);
}

/** The recorded node, not run yet; null when the file holds no such record. Rejects with the system's error. */
export async function readPickle(path: string, kind: 'environment' | 'proof state'): Promise<Node | null> {
  const info = await stat(path);
  if (info.isFile() && info.size > MAX_BYTES) return null;
  const parsed = pickleSchema.safeParse(jsonOf(await readFile(path, 'utf8')));
  if (!parsed.success) return null;
  const { steps, result } = parsed.data;
  const made = planted(steps satisfies readonly Link[]);
  if (made === null || (result === null) !== (kind === 'environment')) return null;
  if (result !== null) return { made, index: result };
  return made.step.kind === 'command' ? made : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
