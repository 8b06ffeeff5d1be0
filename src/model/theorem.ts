import { z } from 'zod';

export const DIFFICULTIES = ['easy', 'medium', 'hard', 'very_hard'] as const;
export const difficultySchema = z.enum(DIFFICULTIES);
export type Difficulty = z.infer<typeof difficultySchema>;

/**
 * One statement to prove. The parts, concatenated `header + context + statement + ':= ' + proof`, are a
 * whole Lean file, so each part carries its own line ends and positions in that text are the user's file's.
 */
export const theoremSchema = z
  .object({
    /** Unique in its suite or file; part of workflow ids. */
    id: z.string().regex(/^[\p{L}\p{N}_.'«»+-]{1,200}$/u, 'an id has letters, digits and . _ - + only'),
    /** The name as written behind `theorem`, without the namespace that surrounds it. */
    name: z.string().min(1),
    /** `import` lines and what stands before them; '' means `import Init`. Ends with a line end when not empty. */
    header: z.string().default(''),
    /** Trusted text between header and theorem: open, namespace, variable, definitions, earlier theorems. */
    context: z.string().default(''),
    /**
     * The user's own text of `context`, where proofs that were found on the way are still `sorry`: the meaning of the
     * statement is read there, since a proof may bring notation and instances with it. Absent: `context` is all the user's.
     */
    ownContext: z.string().optional(),
    /** The theorem command up to but without `:=`, doc comment, attributes and modifiers included. */
    statement: z.string().min(1),
    /**
     * Who wrote header, context and statement. `foreign`: not the user of this machine (a suite that is not built in); the
     * text is held to the rules of a proof before Lean runs anything of it. Absent: `own`.
     */
    provenance: z.enum(['own', 'foreign']).optional(),
    /**
     * The statement is to be exactly the negation of this theorem, the last of the context, where it stands with `sorry`.
     * A checker that does not find it so answers `badChallenge`: `src/lean-text/negation.ts` makes such theorems.
     */
    negates: z.object({ name: z.string(), statement: z.string() }).readonly().optional(),
    informal: z.string().optional(),
    difficulty: difficultySchema.optional(),
    category: z.string().optional(),
    source: z.string().optional(),
    /** Part of the published set that it belongs to, e.g. `valid`, `test`. */
    split: z.string().optional(),
    /** Of the Lean that it was written for, as in a `lean-toolchain` file. */
    toolchain: z.string().optional(),
    licence: z.string().optional(),
    /** No Lean has elaborated it: the one that imported it lacks a module of the header. */
    unchecked: z.literal(true).optional(),
    /** Stated anew without Mathlib, with definitions of ours: rates are not comparable with those of the original. */
    mapped: z.literal('core').optional(),
    /** What the import changed in the text that it read, a sentence each. */
    changes: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type Theorem = z.infer<typeof theoremSchema>;

/** What a checker is asked about: the trusted part of a theorem. */
export type Challenge = Pick<
  Theorem,
  'name' | 'header' | 'context' | 'ownContext' | 'statement' | 'provenance' | 'negates'
>;
