import { createHash } from 'node:crypto';
import {
  type Challenge,
  commandText,
  type Diagnostic,
  ProofloopError,
  SORRY,
} from '../../src/model/index.ts';
import { InstanceDied } from '../backend.ts';
import { type Audit, audit } from './audit.ts';
import { type BadHeader, type Header, type HeaderEnv, headerOf, loadHeader } from './header.ts';
import { notTheNegation } from './negation.ts';
import { endOf, moved, movedDiagnostic } from './position.ts';
import { type CommandAnswer, errorsOf, type ReplSorry } from './protocol.ts';
import { type Limits, type ReplSession, WallClockOver } from './session.ts';

/** Loading Mathlib from a cold disk says nothing about a proof, so it has a limit of its own. */
const HEADER_MS = 300_000;

/** Elaborated text in some environment; positions are those of the file. */
export type Elaborated = {
  readonly env: number;
  readonly messages: readonly Diagnostic[];
  readonly sorries: readonly ReplSorry[];
};

export type PreparedChallenge =
  | { readonly kind: 'bad'; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: 'ready';
      /** Where the submission is elaborated. */
      readonly context: Elaborated;
      /** What Lean says of the trusted theorem with `sorry`, elaborated in a branch of its own. */
      readonly audit: Audit;
    };

/**
 * The environments of one process. All stay valid in the repl, so each text is elaborated once.
 * Throws LEAN_PROTOCOL, LEAN_START_FAILED.
 */
export class Environments {
  readonly #session: ReplSession;
  readonly #projectDir: string;
  readonly #headers = new Map<string, HeaderEnv>();
  readonly #limited = new Map<string, number>();
  readonly #challenges = new Map<string, PreparedChallenge>();

  constructor(session: ReplSession, projectDir: string) {
    this.#session = session;
    this.#projectDir = projectDir;
  }

  get headers(): ReadonlySet<string> {
    return new Set(this.#headers.keys());
  }

  /** Each set of imports has one environment of its own, which no later command changes. */
  async header(text: string, signal?: AbortSignal): Promise<HeaderEnv | BadHeader> {
    const header = headerOf(text);
    const known = this.#headers.get(header.key);
    if (known !== undefined) return known;
    const loaded = await this.#load(header, signal);
    if ('env' in loaded) this.#headers.set(header.key, loaded);
    return loaded;
  }

  /** The header's environment with maxHeartbeats set. */
  async limited(header: HeaderEnv, heartbeats: number, limits: Limits): Promise<number> {
    const key = `${header.env}/${heartbeats}`;
    const known = this.#limited.get(key);
    if (known !== undefined) return known;
    const answer = await this.#session.command(`set_option maxHeartbeats ${heartbeats}`, header.env, limits);
    if (answer.kind === 'fault') {
      throw new ProofloopError(
        'LEAN_PROTOCOL',
        `set_option maxHeartbeats was answered with "${answer.text}"`,
      );
    }
    this.#limited.set(key, answer.env);
    return answer.env;
  }

  async challenge(
    header: HeaderEnv,
    challenge: Challenge,
    heartbeats: number,
    limits: Limits,
  ): Promise<PreparedChallenge> {
    const parts = [
      header.env,
      heartbeats,
      challenge.header,
      challenge.context,
      challenge.ownContext,
      challenge.statement,
      challenge.negates,
    ];
    const key = createHash('sha256')
      .update(JSON.stringify([...parts, challenge.name]))
      .digest('hex');
    const known = this.#challenges.get(key);
    if (known !== undefined) return known;
    const base = await this.limited(header, heartbeats, limits);
    const prepared = await this.#prepare(header, challenge, base, limits);
    this.#challenges.set(key, prepared);
    return prepared;
  }

  /** Elaborates a piece of a file that comes after `before`. */
  async elaborate(text: string, before: string, env: number, limits: Limits): Promise<Elaborated> {
    if (text.trim() === '') return { env, messages: [], sorries: [] };
    return placed(await this.#session.command(text, env, limits), before, env);
  }

  /** What happens while trusted imports are read is never a submission's fault. */
  async #load(header: Header, signal: AbortSignal | undefined): Promise<HeaderEnv | BadHeader> {
    const limits = { deadline: performance.now() + HEADER_MS, signal };
    try {
      return await loadHeader(this.#session, header, this.#projectDir, limits);
    } catch (error) {
      if (error instanceof InstanceDied) throw new InstanceDied(error.fault, false);
      if (!(error instanceof WallClockOver)) throw error;
      const shown = header.text.replaceAll('\n', '; ');
      throw new ProofloopError('LEAN_START_FAILED', `"${shown}" was not loaded within ${HEADER_MS} ms`);
    }
  }

  async #prepare(header: HeaderEnv, challenge: Challenge, base: number, limits: Limits) {
    const context = await this.elaborate(challenge.context, challenge.header, base, limits);
    if (errorsOf(context.messages).length > 0) return bad(context.messages);
    // The meaning of the statement is read in the user's own text, which no earlier proof has touched.
    const { ownContext = challenge.context } = challenge;
    const own =
      ownContext === challenge.context
        ? context
        : await this.elaborate(ownContext, challenge.header, base, limits);
    if (errorsOf(own.messages).length > 0) return bad(own.messages);
    const before = challenge.header + ownContext;
    const text = commandText(challenge.statement, SORRY);
    const stated = await this.elaborate(text, before, own.env, limits);
    if (errorsOf(stated.messages).length > 0) return bad(stated.messages);
    const found = await audit(this.#session, stated.env, challenge.name, header.scripted, limits);
    if (found?.isTheorem === true) {
      const unlike = await notTheNegation(this.#session, own.env, challenge, found, header.scripted, limits);
      if (unlike !== null)
        return bad([{ severity: 'error', pos: endOf(before), endPos: null, text: unlike }]);
      return { kind: 'ready', context, audit: found } as const;
    }
    const pos = endOf(before);
    return bad([
      { severity: 'error', pos, endPos: null, text: `Lean knows no theorem ${challenge.name} here` },
    ]);
  }
}

const bad = (diagnostics: readonly Diagnostic[]) => ({ kind: 'bad', diagnostics }) as const;

function placed(answer: CommandAnswer, before: string, env: number): Elaborated {
  const start = endOf(before);
  if (answer.kind === 'fault') {
    return {
      env,
      messages: [{ severity: 'error', pos: start, endPos: null, text: answer.text }],
      sorries: [],
    };
  }
  return {
    env: answer.env,
    messages: answer.messages.map((message) => movedDiagnostic(message, start)),
    sorries: answer.sorries.map(({ pos, goal }) => ({ goal, pos: pos === null ? null : moved(pos, start) })),
  };
}
