import { isProofloopError } from '../../../src/model/errors.ts';
import { InstanceDied } from '../../backend.ts';
import type { EmbeddedBackend } from '../backend.ts';
import type { EmbeddedInstance } from '../instance.ts';
import type { ReplAnswer, ReplCommand } from './protocol.ts';

/** Command mode over instances that may die: ids go on counting, and those of a dead instance are unknown. */
export class NumberedRepl {
  readonly #backend: EmbeddedBackend;
  #instance: EmbeddedInstance | null = null;
  #firstEnv = 0;
  #firstProofState = 0;
  #nextEnv = 0;
  #nextProofState = 0;

  constructor(backend: EmbeddedBackend) {
    this.#backend = backend;
  }

  /** Rejects with ProofloopError when Lean cannot be started. */
  async start(): Promise<EmbeddedInstance> {
    if (this.#instance?.alive) return this.#instance;
    this.#instance = await this.#backend.start();
    this.#firstEnv = this.#nextEnv;
    this.#firstProofState = this.#nextProofState;
    return this.#instance;
  }

  async answer(command: ReplCommand): Promise<ReplAnswer> {
    const instance = await this.start();
    if (command.env !== undefined && command.env < this.#firstEnv) return { message: 'Unknown environment.' };
    const inner = command.env === undefined ? command : { ...command, env: command.env - this.#firstEnv };
    try {
      const answer = await instance.repl(inner, null);
      return answer ? this.#outward(answer) : { message: 'Lean error:\nthe command was interrupted' };
    } catch (error) {
      if (!(error instanceof InstanceDied) && !isProofloopError(error)) throw error;
      return { message: `Lean error:\n${error.message}` };
    }
  }

  #outward(answer: ReplAnswer): ReplAnswer {
    if ('message' in answer) return answer;
    const numbered = <T extends { readonly proofState: number }>(items: readonly T[]): T[] =>
      items.map((item) => {
        const proofState = item.proofState + this.#firstProofState;
        this.#nextProofState = Math.max(this.#nextProofState, proofState + 1);
        return { ...item, proofState };
      });
    const env = answer.env + this.#firstEnv;
    this.#nextEnv = env + 1;
    return {
      ...answer,
      ...(answer.sorries ? { sorries: numbered(answer.sorries) } : {}),
      ...(answer.tactics ? { tactics: numbered(answer.tactics) } : {}),
      env,
    };
  }
}
