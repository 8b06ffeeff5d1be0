import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join, resolve } from 'node:path';
import { canonicalJson } from '../../store/keys.ts';
import { isModelFault, ModelFault } from '../fault.ts';
import { Deadline } from '../http/deadline.ts';
import type { GenerateRequest, ModelProver, PromptSpec, RawAnswer } from '../prover.ts';
import { secretsOf } from '../redact.ts';
import { INPUT_VERSION, inputOf } from './input.ts';
import { readOutput } from './output.ts';
import type { CommandProfile } from './profile.ts';
import { runProgram } from './run.ts';
import { faultOfEnd } from './translate-end.ts';

/** Any program: the theorem as JSON on its standard input, the proof on its standard output. One call an `ask`. */
export class CommandProver implements ModelProver {
  readonly name: string;
  readonly model: string;
  readonly timeoutMs: number;
  readonly #profile: CommandProfile;

  constructor(name: string, profile: CommandProfile) {
    this.name = name;
    this.model = `command ${basename(profile.command[0] ?? '')}`;
    this.timeoutMs = profile.timeoutMs;
    this.#profile = profile;
  }

  prompt(request: GenerateRequest): PromptSpec {
    const { command, env, cwd } = this.#profile;
    return {
      model: this.model,
      system: '',
      user: canonicalJson(inputOf(request)),
      params: { input: INPUT_VERSION, command, env, cwd, round: request.round, sample: request.sample },
    };
  }

  upperBoundUsd(): number {
    return this.#profile.costPerCall;
  }

  /** Tokens are the program's own affair; it may say afterwards what it used. */
  upperBoundTokens(): number {
    return 0;
  }

  async ask(
    prompt: PromptSpec,
    request: GenerateRequest,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<RawAnswer> {
    signal.throwIfAborted();
    const started = performance.now();
    const { command, costPerCall, maxOutputBytes, passEnv } = this.#profile;
    const deadline = new Deadline(signal, this.timeoutMs);
    try {
      // Raced, because a process that left the group may keep the pipe open when the group is dead.
      const ended = await deadline.race(runProgram(this.#profile, `${prompt.user}\n`, deadline.signal));
      const fault = faultOfEnd(command[0] ?? '', ended, secretsOf(process.env, passEnv));
      if (fault !== null) throw fault;
      const { cleaned, tokens, costUsd, model } = ended.tooMuch
        ? {
            cleaned: {
              submission: null,
              unusable: `the program printed more than ${maxOutputBytes} bytes (max_output_bytes)`,
            },
            tokens: null,
            costUsd: null,
            model: null,
          }
        : readOutput(ended.stdout, request.theorem);
      return {
        model: this.model,
        modelVersion: model,
        finish: ended.tooMuch ? 'OUTPUT_LIMIT' : 'STOP',
        ...cleaned,
        tokens,
        costUsd: costUsd ?? costPerCall,
        ms: performance.now() - started,
        answerText: ended.stdout,
      };
    } catch (error) {
      signal.throwIfAborted();
      if (isModelFault(error)) throw error;
      if (deadline.timedOut)
        throw new ModelFault('MODEL_TIMEOUT', `"${command[0]}" did not end within ${this.timeoutMs} ms.`, {
          retryable: true,
        });
      throw new ModelFault('MODEL_REFUSED', `"${command[0]}" could not be run: ${(error as Error).message}`, {
        retryable: false,
      });
    } finally {
      deadline.end();
    }
  }

  async diagnose(): ReturnType<ModelProver['diagnose']> {
    const { command, cwd, passEnv } = this.#profile;
    const program = command[0] ?? '';
    const missing = passEnv.filter((name) => process.env[name] === undefined);
    return [
      (await isThere(program, cwd))
        ? { ok: true, what: `runs ${command.join(' ')} in ${cwd}`, fix: '' }
        : {
            ok: false,
            what: `there is no program "${program}"`,
            fix: 'Check `command` and `cwd` of its profile.',
          },
      ...missing.map((name) => ({
        ok: false,
        what: `${name}, which the program is to get (pass_env), is not set`,
        fix: `export ${name}=…`,
      })),
    ];
  }
}

const isThere = async (program: string, cwd: string): Promise<boolean> => {
  const places =
    isAbsolute(program) || program.includes('/')
      ? [resolve(cwd, program)]
      : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  const found = await Promise.all(
    places.map((place) =>
      access(place, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
};
