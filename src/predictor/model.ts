import { z } from 'zod';
import { curveSchema, spreadSchema } from './calibrate.ts';
import { STATEMENT_FEATURES } from './features.ts';
import { forestSchema } from './forest.ts';
import { pastSchema } from './history.ts';
import { tableSchema } from './similar.ts';

/** Raise it when what is stored changes its form or its meaning; what has another one is trained anew. */
export const FORMAT = 1;

/** Columns of the forests, in order. */
export const FEATURES = [...STATEMENT_FEATURES, 'similar time', 'similar success'] as const;

const trustSchema = z.object({ usual: z.number(), share: z.number(), strength: z.number() }).readonly();

const amountSchema = z
  .object({
    forest: forestSchema,
    trust: trustSchema,
    /** Of theorems that were tried before, and of new ones. */
    seen: spreadSchema,
    fresh: spreadSchema,
  })
  .readonly();
/** How times (or tokens) are predicted, as logarithms. */
export type Amount = z.infer<typeof amountSchema>;

export const modelSchema = z
  .object({
    format: z.literal(FORMAT),
    /** Version of proofloop; another one may read other features out of the same text. */
    product: z.string(),
    prover: z.string(),
    seed: z.number(),
    trainedAt: z.number(),
    /** What it was trained on: runs, the end of the newest of them, records, theorems. */
    runs: z.number(),
    through: z.number(),
    rows: z.number(),
    theorems: z.number(),
    /** Of the newest record: what a prediction assumes where nothing else is said. */
    setting: z.object({ answers: z.number(), wallMs: z.number().nullable() }).readonly(),
    ms: amountSchema,
    solved: z.object({ forest: forestSchema, trust: trustSchema, curve: curveSchema }).readonly(),
    /** null: no model was asked. */
    tokens: amountSchema.nullable(),
    /** null: some price was unknown. */
    usdPerToken: z.number().nullable(),
    similar: z.object({ ms: tableSchema, solved: tableSchema }).readonly(),
    /** By theorem key. */
    past: z.record(z.string(), pastSchema),
    /** By how much the error of held-out predictions grows when a feature is shuffled, as a share of the error. */
    importance: z.record(z.string(), z.object({ ms: z.number(), solved: z.number() }).readonly()),
  })
  .readonly();
export type Model = z.infer<typeof modelSchema>;

/** null: another format, another product, or no model at all. */
export const parseModel = (json: string, product: string): Model | null => {
  try {
    const parsed = modelSchema.safeParse(JSON.parse(json));
    return parsed.success && parsed.data.product === product ? parsed.data : null;
  } catch {
    return null;
  }
};
