import { z } from 'zod';

/** A declaration of the header's environment or of the context that may help with a goal. */
export const lemmaSchema = z
  .object({
    /** Full name, as it may be written where the theorem stands. */
    name: z.string(),
    /** Its type as Lean prints it. */
    type: z.string(),
  })
  .readonly();
export type Lemma = z.infer<typeof lemmaSchema>;

/** A lemma that was looked for. */
export const scoredLemmaSchema = lemmaSchema
  .unwrap()
  .extend({
    /** How well it fits, from 0 to 1; comparable within one answer only. */
    score: z.number(),
    /** Where it is declared: in what the header imports, or in the text before the theorem. */
    from: z.enum(['library', 'context']),
  })
  .readonly();
export type ScoredLemma = z.infer<typeof scoredLemmaSchema>;

/** A name that Lean did not know, with existing ones like it, the nearest first. */
export const unknownNameSchema = z
  .object({ name: z.string(), near: z.array(lemmaSchema).readonly() })
  .readonly();
export type UnknownName = z.infer<typeof unknownNameSchema>;

/** A goal as Lean prints it, at the place of an error; positions as in `Diagnostic`. */
export const goalAtSchema = z
  .object({ line: z.number().int(), column: z.number().int(), goal: z.string() })
  .readonly();
export type GoalAt = z.infer<typeof goalAtSchema>;
