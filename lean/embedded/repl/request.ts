import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type ReplCommand, replCommandSchema } from './protocol.ts';

const pathSchema = replCommandSchema.omit({ cmd: true }).extend({ path: z.string() });

/** A command to run, or what to answer instead. */
export type ReplRequest = { readonly command: ReplCommand } | { readonly message: string } | null;

/** Forms of the original that need a tactic state or a file of Lean's own, in the order in which it tries them. */
const UNSUPPORTED = [
  { fields: ['tactic', 'proofState'], what: 'tactic mode (send whole commands)' },
  { fields: ['pickleTo'], what: 'pickling' },
  { fields: ['unpickleEnvFrom'], what: 'pickling' },
  { fields: ['unpickleProofStateFrom'], what: 'pickling' },
];

/** Reads one block; null for a comment, which gets no answer. Never throws. */
export async function readRequest(text: string | null): Promise<ReplRequest> {
  if (text === null) return { message: 'Could not parse the request: it is not UTF-8.' };
  if (text.startsWith('#') || text.startsWith('--')) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { message: `Could not parse JSON:\n${(error as Error).message}` };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { message: 'Could not parse as a valid JSON command: an object was expected.' };
  for (const { fields, what } of UNSUPPORTED)
    if (fields.every((field) => field in json))
      return { message: `unsupported: the embedded Lean has no ${what}.` };
  const command = replCommandSchema.safeParse(json);
  if (command.success) return { command: command.data };
  const file = pathSchema.safeParse(json);
  if (!file.success)
    return { message: `Could not parse as a valid JSON command:\n${z.prettifyError(command.error)}` };
  try {
    const { path, ...options } = file.data;
    return { command: { ...options, cmd: await readFile(path, 'utf8') } };
  } catch (error) {
    return { message: (error as Error).message };
  }
}
