import { NOT_IN_STORE } from '../../model/index.ts';
import type { GenerateRequest, ModelProver, PromptSpec, RawAnswer } from '../prover.ts';

/**
 * The answers that another prover once got, by the same keys. The activity looks into the store; what is not there is
 * `ask`'s answer, a value that costs nothing and is not stored.
 */
export class ReplayProver implements ModelProver {
  readonly name: string;
  readonly model: string;
  readonly timeoutMs: number;
  readonly storedOnly = true;
  readonly #live: ModelProver;

  constructor(name: string, live: ModelProver) {
    this.name = name;
    this.model = live.model;
    this.timeoutMs = live.timeoutMs;
    this.#live = live;
  }

  prompt(request: GenerateRequest): PromptSpec {
    return this.#live.prompt(request);
  }

  upperBoundUsd(): number {
    return 0;
  }

  /** As the live prover, so that a limit of tokens ends a replay where it ended the run. */
  upperBoundTokens(prompt: PromptSpec): number {
    return this.#live.upperBoundTokens(prompt);
  }

  async ask(): Promise<RawAnswer> {
    return {
      model: this.model,
      modelVersion: null,
      finish: NOT_IN_STORE,
      submission: null,
      unusable: `not in the store: ${this.#live.name} was not asked this, or its answer was removed`,
      tokens: null,
      costUsd: 0,
      ms: 0,
      answerText: '',
    };
  }

  async diagnose(): ReturnType<ModelProver['diagnose']> {
    return [{ ok: true, what: `stored answers of ${this.#live.name}; no model is asked`, fix: '' }];
  }
}
