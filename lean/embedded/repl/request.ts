import { z } from 'zod';
import { submissionSchema, theoremSchema } from '../../../src/model/index.ts';
import {
  commandSchema,
  fileSchema,
  limitsSchema,
  pickleEnvSchema,
  pickleProofStateSchema,
  tacticSchema,
  unpickleEnvSchema,
  unpickleProofStateSchema,
} from './protocol.ts';

/** An extension: is `submission` an honest proof of `challenge`? Answered with `{"verdict": …}`. */
const checkSchema = z.object({
  check: z.object({
    challenge: theoremSchema.unwrap().pick({ name: true, header: true, context: true, statement: true }),
    submission: submissionSchema,
  }),
});
const idSchema = z.union([z.string(), z.number()]);
/** An extension: ends the request of that `id`, whether it runs or waits. */
const cancelSchema = z.object({ cancel: idSchema });

/** All forms, in the order in which the original tries its own; the key tells which form was meant when none fits. */
const FORMS = [
  { kind: 'tactic', key: 'tactic', schema: tacticSchema },
  { kind: 'pickleEnv', key: 'pickleTo', schema: pickleEnvSchema },
  { kind: 'unpickleEnv', key: 'unpickleEnvFrom', schema: unpickleEnvSchema },
  { kind: 'pickleProofState', key: 'pickleTo', schema: pickleProofStateSchema },
  { kind: 'unpickleProofState', key: 'unpickleProofStateFrom', schema: unpickleProofStateSchema },
  { kind: 'command', key: 'cmd', schema: commandSchema },
  { kind: 'file', key: 'path', schema: fileSchema },
  { kind: 'check', key: 'check', schema: checkSchema },
  { kind: 'cancel', key: 'cancel', schema: cancelSchema },
] as const;

type Form = (typeof FORMS)[number];
type Parsed<F> = F extends Form ? { readonly kind: F['kind']; readonly body: z.infer<F['schema']> } : never;
export type RequestId = z.infer<typeof idSchema>;
export type Limits = { readonly timeoutMs: number | null; readonly heartbeats: number | null };
export type ReplRequest = Parsed<Form>;

/** A request with what surrounds it, or what to answer instead; null for a comment, which gets no answer. */
export type ReadRequest =
  | { readonly id: RequestId | null; readonly limits: Limits; readonly request: ReplRequest }
  | { readonly id: RequestId | null; readonly message: string }
  | null;

const UNREADABLE = 'Could not parse as a valid JSON command:\n';

/** Reads one block. Never throws. */
export function readRequest(text: string): ReadRequest {
  if (text.startsWith('#') || text.startsWith('--')) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { id: null, message: `Could not parse JSON:\n${(error as Error).message}` };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { id: null, message: `${UNREADABLE}an object was expected, not ${shown(json)}` };
  // Any other id is a field that means nothing, as all unknown fields.
  const id = idSchema.safeParse((json as { id?: unknown }).id).data ?? null;
  const limits = limitsSchema.safeParse(json);
  if (!limits.success) return { id, message: UNREADABLE + z.prettifyError(limits.error) };
  const given = {
    id,
    limits: { timeoutMs: limits.data.timeoutMs ?? null, heartbeats: limits.data.heartbeats ?? null },
  };
  for (const { kind, schema } of FORMS) {
    const parsed = schema.safeParse(json);
    if (parsed.success) return { ...given, request: { kind, body: parsed.data } as ReplRequest };
  }
  const meant = FORMS.find(({ key }) => key in json);
  const why = meant
    ? z.prettifyError(meant.schema.safeParse(json).error!)
    : `one of ${[...new Set(FORMS.map(({ key }) => key))].join(', ')} was expected, not ${shown(json)}`;
  return { id, message: UNREADABLE + why };
}

const SHOWN = 200;
const shown = (json: unknown): string => {
  const text = Array.isArray(json) ? 'an array' : JSON.stringify(json);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};
