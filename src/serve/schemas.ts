import { z } from 'zod';

/**
 * The HTTP forms of Kimina Lean Server (its client's models at kimina-client 0.2.1), so that its clients can be pointed
 * here. Unknown fields are ignored, null stands for an absent field, times are seconds.
 */
export const INFOTREES = ['full', 'tactics', 'original', 'substantive'] as const;

const seconds = (usual: number) =>
  z
    .number()
    .nonnegative()
    .nullish()
    .transform((s) => s ?? usual)
    .describe(
      `Seconds that the elaboration of one snippet may take; default ${usual}. Waiting does not count.`,
    );
const flag = (usual: boolean, what: string) =>
  z
    .boolean()
    .nullish()
    .transform((b) => b ?? usual)
    .describe(what);
const infotree = z
  .enum(INFOTREES)
  .nullish()
  .transform((kind) => kind ?? null)
  .describe('Information trees in the answer.');

export const checkRequestSchema = z
  .object({
    snippets: z
      .array(z.object({ id: z.string(), code: z.string().describe('A whole Lean file, imports included.') }))
      .min(1)
      .refine((snippets) => new Set(snippets.map(({ id }) => id)).size === snippets.length, {
        error: 'the ids of snippets have to be unique',
      }),
    timeout: seconds(30),
    debug: flag(false, 'Adds `diagnostics` to each result.'),
    reuse: flag(true, 'False: each snippet in an instance of Lean that has run no other.'),
    infotree,
  })
  .meta({
    example: { snippets: [{ id: 'one', code: 'theorem t : 1 + 1 = 2 := rfl' }], timeout: 20 },
  });

export const verifyRequestSchema = z
  .object({
    codes: z
      .array(
        z.object({
          custom_id: z.union([z.string(), z.number()]),
          proof: z.string().nullish().describe('Goes before `code`.'),
          code: z.string().nullish(),
        }),
      )
      .min(1),
    timeout: seconds(300),
    infotree_type: infotree,
    disable_cache: flag(false, 'As `reuse: false`.'),
  })
  .meta({ example: { codes: [{ custom_id: 'one', proof: 'theorem t : 1 + 1 = 2 := rfl' }] } });

const position = z.object({ line: z.number().int(), column: z.number().int() });
const message = z.object({
  severity: z.enum(['info', 'warning', 'error']),
  pos: position,
  endPos: position.nullable(),
  data: z.string(),
});
const sorry = z.object({ proofState: z.number().int(), pos: position, endPos: position, goal: z.string() });

/** What the Lean REPL answers to a command; lists are left out when empty. Positions are those of the snippet. */
export const replResponseSchema = z.object({
  env: z.number().int(),
  messages: z.array(message).optional(),
  sorries: z.array(sorry).optional(),
  infotree: z.unknown().optional(),
});
export type ReplResponse = z.infer<typeof replResponseSchema>;

const checkResult = z.object({
  id: z.string(),
  time: z.number().describe('Seconds of elaboration.'),
  error: z
    .string()
    .optional()
    .describe('Why there is no answer of Lean; holds "timed out" when time ran out.'),
  response: replResponseSchema.optional(),
  diagnostics: z
    .object({
      repl_uuid: z.string().optional(),
      cpu_max: z.number().optional().describe('Per cent of one core.'),
      memory_max: z.number().optional().describe('Bytes.'),
    })
    .optional(),
});
export type CheckResult = z.infer<typeof checkResult>;
export const checkResponseSchema = z.object({ results: z.array(checkResult) });

export const verifyResponseSchema = z.object({
  results: z.array(
    z.object({
      custom_id: z.string(),
      error: z.string().nullable(),
      response: replResponseSchema.extend({ time: z.number() }).nullable(),
    }),
  ),
});

/** Every answer but 200. `detail` as FastAPI has it: a text, or for a body that does not fit a list of what is wrong. */
export const faultSchema = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string(), type: z.string() })),
  ]),
  code: z.string(),
});
export type Fault = z.infer<typeof faultSchema>;
