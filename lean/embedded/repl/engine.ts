import { isProofloopError, type Verdict } from '../../../src/model/index.ts';
import { InstanceDied } from '../../backend.ts';
import type { EmbeddedBackend } from '../backend.ts';
import type { EmbeddedInstance } from '../instance.ts';
import {
  fresh,
  idIn,
  type Made,
  missing,
  type Node,
  requestOf,
  type State,
  type Step,
  settle,
} from './history.ts';
import { readPickle, writePickle } from './pickle.ts';
import {
  type CommandAnswer,
  type ErrorAnswer,
  infoTreeMode,
  isErrorAnswer,
  type ReplAnswer,
  type TacticAnswer,
} from './protocol.ts';
import type { Limits, ReplRequest } from './request.ts';
import { readSource } from './source-file.ts';
import { systemErrorText } from './system-errors.ts';

/** Outward answers; `verdict` and `cancelled` belong to extensions. */
export type EngineAnswer = ReplAnswer | { readonly verdict: Verdict };
/** Requests without `cancel`, which the server answers itself. */
export type EngineRequest = Exclude<ReplRequest, { kind: 'cancel' }>;

const CHECK_DEFAULTS = { wallMs: 60_000, heartbeats: 200_000 };

/** What ends this soon was dying before it was asked, or costs little to be tried again. */
const ALREADY_DEAD_MS = 200;
/** Half of what an instance may hold. */
const FULL_BYTES = 1 << 30;

/** Ends a request early with an answer. */
class Answered extends Error {
  readonly answer: ErrorAnswer;
  constructor(message: string) {
    super(message);
    this.answer = { message };
  }
}

/**
 * The REPL over instances that may die: ids go on counting, and what an id stands for is made again from the requests
 * behind it when the instance that held it is gone. One request at a time.
 */
export class ReplEngine {
  readonly #backend: EmbeddedBackend;
  readonly #lean: string;
  readonly #environments: Made[] = [];
  readonly #proofStates: State[] = [];
  #instance: EmbeddedInstance | null = null;
  #judge: EmbeddedInstance | null = null;

  /** `lean`: its version, for pickles. */
  constructor(backend: EmbeddedBackend, lean: string) {
    this.#backend = backend;
    this.#lean = lean;
  }

  /** Rejects with ProofloopError when Lean cannot be started. */
  async start(): Promise<EmbeddedInstance> {
    if (!this.#instance?.alive) this.#instance = await this.#backend.start();
    return this.#instance;
  }

  /** Never rejects: every fault is an answer. */
  async answer(request: EngineRequest, limits: Limits, signal: AbortSignal): Promise<EngineAnswer> {
    try {
      return await this.#answer(request, limits, signal);
    } catch (error) {
      if (error instanceof Answered) return error.answer;
      if (signal.aborted) return { message: 'Lean error:\nthe request was cancelled' };
      if (error instanceof InstanceDied || isProofloopError(error))
        return { message: `Lean error:\n${error.message}` };
      return { message: `Internal error:\n${error instanceof Error ? error.message : String(error)}` };
    }
  }

  async #answer(request: EngineRequest, limits: Limits, signal: AbortSignal): Promise<EngineAnswer> {
    const { kind, body } = request;
    switch (kind) {
      case 'command':
        return await this.#command(body.cmd, body, limits, signal);
      case 'file': {
        const source = await readSource(body.path);
        if ('message' in source) return source;
        return await this.#command(source.text, body, limits, signal);
      }
      case 'tactic': {
        const state = this.#proofState(body.proofState, 'Unknown proof state.');
        const step: Step = { kind: 'tactic', tactic: body.tactic, heartbeats: limits.heartbeats };
        return await this.#run(fresh(step, state), limits, signal);
      }
      case 'pickleEnv': {
        await this.#pickle(body.pickleTo, this.#environment(body.env));
        return { env: body.env };
      }
      case 'unpickleEnv': {
        const made = (await this.#unpickle(body.unpickleEnvFrom, 'environment')) as Made;
        await this.#there(made, limits, signal);
        return { env: this.#environments.push(made) - 1 };
      }
      case 'pickleProofState': {
        // With its capital letter as the original has it, but only here.
        const state = this.#proofState(body.proofState, 'Unknown proof State.');
        await this.#pickle(body.pickleTo, state);
        return await this.#run(fresh({ kind: 'copy', messages: true }, state), limits, signal);
      }
      case 'unpickleProofState': {
        if (body.env !== null && body.env !== undefined) this.#environment(body.env);
        const state = await this.#unpickle(body.unpickleProofStateFrom, 'proof state');
        return await this.#run(fresh({ kind: 'copy', messages: false }, state), limits, signal);
      }
      case 'check': {
        if (!this.#judge?.alive || this.#judge.submissions > 0) {
          const used = this.#judge;
          this.#judge = await this.#backend.start();
          await used?.stop();
        }
        const options = {
          wallMs: limits.timeoutMs ?? CHECK_DEFAULTS.wallMs,
          heartbeats: limits.heartbeats ?? CHECK_DEFAULTS.heartbeats,
        };
        return { verdict: await this.#judge.check({ ...body.check, options }, signal) };
      }
    }
  }

  async #command(
    cmd: string,
    body: Extract<ReplRequest, { kind: 'command' }>['body'] | Extract<ReplRequest, { kind: 'file' }>['body'],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<ReplAnswer> {
    const parent = body.env === null || body.env === undefined ? null : this.#environment(body.env);
    const header = body.header ?? null;
    if (parent !== null && header !== null)
      throw new Answered('`header` makes an environment of its own: leave out `env` or `header`.');
    const step: Step = {
      kind: 'command',
      cmd,
      header,
      allTactics: body.allTactics === true,
      rootGoals: body.rootGoals === true,
      infotree: infoTreeMode(body.infotree),
      heartbeats: limits.heartbeats,
    };
    return await this.#run(fresh(step, parent), limits, signal);
  }

  /** Runs a new step, after what it stands on if that is gone, and gives what it makes its ids. */
  async #run(made: Made, limits: Limits, signal: AbortSignal): Promise<ReplAnswer> {
    const answer = await this.#attempt(made, limits, signal);
    if (isErrorAnswer(answer)) return answer;
    const inner = made.at!.states;
    const first = this.#proofStates.length;
    for (const index of inner.keys()) this.#proofStates.push({ made, index });
    const outward = <T extends { readonly proofState: number }>(item: T): T => ({
      ...item,
      proofState: first + inner.indexOf(item.proofState),
    });
    const sorries = answer.sorries ? { sorries: answer.sorries.map(outward) } : {};
    if (!('env' in answer)) return outward({ ...answer, ...sorries });
    const tactics = answer.tactics ? { tactics: answer.tactics.map(outward) } : {};
    return { ...answer, ...sorries, ...tactics, env: this.#environments.push(made) - 1 };
  }

  /** Once more in a new instance when the old one died through no deed of this request, or of what others left in it. */
  async #attempt(
    made: Made,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CommandAnswer | TacticAnswer | ErrorAnswer> {
    let asked = Number.POSITIVE_INFINITY;
    const once = async () => {
      if (made.parent !== null) await this.#there(made.parent, limits, signal);
      asked = performance.now();
      return await this.#ask(made, limits, signal);
    };
    const full = (this.#instance?.memoryBytes ?? 0) > FULL_BYTES;
    try {
      return await once();
    } catch (error) {
      if (signal.aborted || !(error instanceof InstanceDied)) throw error;
      const dead = performance.now() - asked < ALREADY_DEAD_MS;
      if (error.own && !full && !dead) throw error;
      return await once();
    }
  }

  /** Sees to it that a node is in the present instance. */
  async #there(node: Node, limits: Limits, signal: AbortSignal): Promise<void> {
    const owner = await this.start();
    for (const made of missing(node, owner)) {
      const answer = await this.#ask(made, limits, signal);
      if (isErrorAnswer(answer))
        throw new Answered(`Lean error:\nit could not be made again: ${answer.message}`);
    }
    if (idIn(node, owner) === null)
      throw new Answered('Lean error:\nit could not be made again: Lean answers otherwise than it did');
  }

  async #ask(
    made: Made,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CommandAnswer | TacticAnswer | ErrorAnswer> {
    const instance = await this.start();
    const request = requestOf(made, instance);
    if (request === null)
      throw new Answered('Lean error:\nwhat the request stands on is gone; send it again');
    const answer = await instance.repl(request, limits.timeoutMs, signal);
    if (answer === null)
      return { message: `Lean error:\nthe request took longer than its ${limits.timeoutMs} ms` };
    if (!isErrorAnswer(answer) && !settle(made, answer, instance))
      throw new Answered('Lean error:\nit could not be made again: Lean answers otherwise than it did');
    return answer;
  }

  #environment(env: number): Made {
    const found = this.#environments[env];
    if (!found) throw new Answered('Unknown environment.');
    return found;
  }

  #proofState(id: number, unknown: string): State {
    const found = this.#proofStates[id];
    if (!found) throw new Answered(unknown);
    return found;
  }

  async #pickle(path: string, node: Node): Promise<void> {
    try {
      await writePickle(path, node, this.#lean);
    } catch (error) {
      throw new Answered(systemErrorText(error, path));
    }
  }

  async #unpickle(path: string, kind: 'environment' | 'proof state'): Promise<Node> {
    let node: Node | null;
    try {
      node = await readPickle(path, kind);
    } catch (error) {
      throw new Answered(systemErrorText(error, path));
    }
    if (node === null)
      throw new Answered(
        `unsupported: ${path} is no ${kind} that this program has pickled; the original's .olean pickles cannot be read.`,
      );
    return node;
  }
}
