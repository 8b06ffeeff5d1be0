import { z } from 'zod';
import { theoremSchema } from './theorem.ts';

/** How often, and how deep, a proof is asked for in steps when whole proofs have failed. */
export const sketchPlanSchema = z
  .object({
    /** Sketches asked for a theorem; 0 = none. */
    count: z.number().int().min(0),
    /** Sketches within sketches: 1 = the steps of a sketch are proved whole. */
    depth: z.number().int().min(1),
  })
  .readonly();
export type SketchPlan = z.infer<typeof sketchPlanSchema>;

/** Most steps of a sketch. */
export const MOST_STEPS = 8;

/** A step of a sketch: a theorem of its own. */
export const stepSchema = z
  .object({
    name: z.string(),
    theorem: theoremSchema,
    /** Equal for equal statements, whatever their names. */
    signature: z.string(),
    /** What closes the gap once the lemma is there. */
    use: z.string(),
    /** The gap is a tactic; else a term. */
    isTactic: z.boolean(),
  })
  .readonly();
export type Step = z.infer<typeof stepSchema>;
