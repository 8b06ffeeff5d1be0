import { z } from 'zod';
import { goalAtSchema, unknownNameSchema } from './lemma.ts';

/** Positions are those of the user's file: 1-based line, 0-based column counted in code points, as Lean prints them. */
export const positionSchema = z.object({ line: z.number().int(), column: z.number().int() }).readonly();
export type Position = z.infer<typeof positionSchema>;

export const diagnosticSchema = z
  .object({
    severity: z.enum(['info', 'warning', 'error']),
    pos: positionSchema,
    endPos: positionSchema.nullable(),
    text: z.string(),
  })
  .readonly();
export type Diagnostic = z.infer<typeof diagnosticSchema>;

/** What stands behind an `accepted`; printed with it, so that nobody reads more into it than was checked. */
export const assuranceSchema = z
  .object({
    checker: z.string(),
    lean: z.string(),
    /** How the statement was compared: `Expr` equality inside Lean, or printed text of it. */
    statement: z.enum(['expr', 'printed']),
    /** Axioms walked by structure over the constants, or read from what Lean printed. */
    axioms: z.enum(['walked', 'printed']),
    /** All new constants went through the kernel once more into the untouched header environment. */
    kernelReplay: z.boolean(),
    /** The judging instance had run no other submission. */
    fresh: z.boolean(),
    /** What the verdict takes on trust, one sentence each. */
    notes: z.array(z.string()).readonly(),
  })
  .readonly();
export type Assurance = z.infer<typeof assuranceSchema>;

export const DISHONEST_WHY = ['statement', 'axiom', 'kernel', 'environment', 'refused token'] as const;

export const VERDICT_STATUSES = [
  'accepted',
  'conditional',
  'rejected',
  'incomplete',
  'dishonest',
  'exhausted',
  'timeout',
  'crashed',
  'badHeader',
  'badChallenge',
] as const satisfies readonly VerdictStatus[];

const ms = z.number();
const diagnostics = z.array(diagnosticSchema).readonly();

/** The judgement of one submission. Cancelled is no verdict: it is an error that never reaches this type. */
export const verdictSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('accepted'),
    axioms: z.array(z.string()).readonly(),
    assurance: assuranceSchema,
    diagnostics,
    ms,
  }),
  /** Right, but it reaches earlier theorems of the file that are themselves unproved. Not solved. */
  z.object({ status: z.literal('conditional'), on: z.array(z.string()).readonly(), diagnostics, ms }),
  z.object({
    status: z.literal('rejected'),
    diagnostics,
    /** Goals at the places of the first errors. Absent: the backend does not say. */
    openGoals: z.array(goalAtSchema).readonly().optional(),
    /** Names that Lean did not know, with existing ones like them. Absent: none, or the backend does not say. */
    unknown: z.array(unknownNameSchema).readonly().optional(),
    ms,
  }),
  /** `sorry` or open goals in the submission itself; `goals` as Lean prints them. */
  z.object({ status: z.literal('incomplete'), diagnostics, goals: z.array(z.string()).readonly(), ms }),
  z.object({
    status: z.literal('dishonest'),
    why: z.enum(DISHONEST_WHY),
    detail: z.string(),
    diagnostics,
    ms,
  }),
  /** A deterministic limit of Lean's (heartbeats, recursion depth) was reached. */
  z.object({ status: z.literal('exhausted'), diagnostics, ms }),
  /** The wall clock ran out: says something of the check, nothing of the proof. */
  z.object({ status: z.literal('timeout'), limitMs: z.number(), ms }),
  /** The same text ended two Lean processes. */
  z.object({ status: z.literal('crashed'), detail: z.string(), ms }),
  /** An imported module is not there. `near` are modules of similar name, `hint` is what to do. */
  z.object({
    status: z.literal('badHeader'),
    missing: z.array(z.string()).readonly(),
    near: z.array(z.string()).readonly(),
    hint: z.string(),
    ms,
  }),
  /** The trusted part itself (context or statement) does not elaborate. */
  z.object({ status: z.literal('badChallenge'), diagnostics, ms }),
]);
export type Verdict = Readonly<z.infer<typeof verdictSchema>>;
export type VerdictStatus = Verdict['status'];
export type Accepted = Extract<Verdict, { status: 'accepted' }>;

/** Refusals that the same text will meet again, so they may be cached. Wall clock, crashes and headers are not. */
export const isDeterministic = (v: Verdict): boolean =>
  v.status === 'accepted' || v.status === 'rejected' || v.status === 'incomplete' || v.status === 'dishonest';
