import { parseHeader } from '../../src/lean-text/imports.ts';
import type { Verdict } from '../../src/model/index.ts';
import { InstanceDied } from '../backend.ts';
import { nearModules } from '../project/modules.ts';
import { canScript, isUsable } from './probe.ts';
import { type CommandAnswer, errorsOf } from './protocol.ts';
import type { Limits, ReplSession } from './session.ts';

export type HeaderEnv = {
  readonly env: number;
  /** Theorems can be looked at by a program instead of by printed text. */
  readonly scripted: boolean;
};

export type Header = { readonly text: string; readonly key: string; readonly modules: readonly string[] };

/** `text` begins with the header and may go on with anything. */
export function headerOf(text: string): Header {
  const { key, modules, end } = parseHeader(text);
  const own = text.slice(0, end).trim();
  return { text: own === '' ? 'import Init' : own, key, modules };
}

export type BadHeader = Extract<Verdict, { status: 'badHeader' }>;

/**
 * Loads a header. A failed import is answered with an environment like any other (of nothing at all, and with or
 * without messages), so two small commands render what the environment is good for.
 */
export async function loadHeader(
  session: ReplSession,
  header: Header,
  projectDir: string,
  limits: Limits,
): Promise<HeaderEnv | BadHeader> {
  const began = performance.now();
  const bad = (why: string) => badHeader(header, why, projectDir, performance.now() - began);
  const loaded = await imported(session, header, limits);
  if (typeof loaded === 'string') return await bad(loaded);
  const sound = loaded.kind === 'done' && errorsOf(loaded.messages).length === 0;
  if (!sound || !(await isUsable(session, loaded.env, limits))) return await bad(said(loaded));
  return { env: loaded.env, scripted: await canScript(session, loaded.env, limits) };
}

/** What Lean says when a module is not there; some versions of the repl end with it instead of answering. */
const MISSING = /unknown module prefix|object file '[^']*' of module|unknown package|bad import/u;

async function imported(
  session: ReplSession,
  header: Header,
  limits: Limits,
): Promise<CommandAnswer | string> {
  try {
    return await session.command(header.text, null, limits);
  } catch (error) {
    if (error instanceof InstanceDied && MISSING.test(error.fault)) return error.fault;
    throw error;
  }
}

const said = (answer: CommandAnswer): string =>
  answer.kind === 'fault'
    ? answer.text
    : errorsOf(answer.messages)
        .map((m) => m.text)
        .join('\n');

async function badHeader(header: Header, text: string, projectDir: string, ms: number): Promise<BadHeader> {
  const words = new Set(text.split(/[\s'"`‘’“”,;:()]+/u));
  const named = header.modules.filter((module) => words.has(module));
  const missing = named.length > 0 ? named : header.modules;
  const near = [...new Set((await Promise.all(missing.map((m) => nearModules(projectDir, m)))).flat())];
  const why = text === '' ? '' : ` Lean says: ${text.slice(0, 500)}`;
  const hint = `Import a module of the Lake project ${projectDir}, or build it there with \`lake build ${missing[0] ?? ''}\`.${why}`;
  return { status: 'badHeader', missing, near, hint, ms };
}
