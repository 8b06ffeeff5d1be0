import type { ProverProfile } from '../prover/index.ts';
import type { Order } from '../scheduler/order.ts';
import type { ServeConfig } from './serve.ts';

export type { GeminiProfile } from '../prover/gemini/profile.ts';
export type { ProverProfile };

/** The whole configuration, validated once and frozen. Precedence: flag > environment > file > default. */
export type LeanProfile =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'command';
      /** Program and arguments of anything that speaks the repl protocol, e.g. ['lake', 'exe', 'repl']. */
      readonly command: readonly string[];
      readonly cwd: string;
      /** Only these are in the process's environment, beside PATH and HOME. */
      readonly env: Readonly<Record<string, string>>;
      readonly allowUnsandboxed: boolean;
    };

/** US dollars per million tokens; `from`/`to` are ISO dates (to exclusive, null = open). */
export type Price = {
  readonly model: string;
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly from: string;
  readonly to: string | null;
};

export type Config = {
  readonly temporal: {
    /** null: join a running `proofloop up`, else start a server of our own. */
    readonly address: string | null;
    readonly namespace: string;
    readonly profile: string | null;
    /** Path of a `temporal` binary; null: find or get one. */
    readonly cli: string | null;
  };
  readonly dirs: {
    readonly cache: string;
    readonly data: string;
    readonly state: string;
    readonly config: string;
  };
  /** SQLite file, or the address of a PostgreSQL database; its password may be in it, so `shownPlace` is what is told. */
  readonly store: string;
  readonly lean: {
    readonly profile: string;
    readonly profiles: Readonly<Record<string, LeanProfile>>;
    /** Lean instances of this worker. */
    readonly slots: number;
    /** They are tuned while the worker runs; `slots` is where that begins. Absent: the number is fixed. */
    readonly autoSlots?: boolean;
    /** Share of the CPU above which tuned slots are halved; a quarter of it doubles them. Absent: 0.8. */
    readonly maxLoad?: number;
    /** A clean instance in a host of its own beside the slots; null = where the machine has room for it. */
    readonly spare: boolean | null;
    readonly wallMs: number;
    readonly heartbeats: number;
    /** Upper bound of the memory of one embedded instance. */
    readonly memoryMiB: number;
  };
  readonly provers: {
    readonly use: readonly string[];
    readonly profiles: Readonly<Record<string, ProverProfile>>;
    /** Profiles that the command line made of names with an address in them; no other process knows them. */
    readonly inline?: readonly string[];
    /** Profiles of a project's file that is not trusted: shown, not used. */
    readonly untrusted?: Readonly<Record<string, { readonly file: string; readonly profile: ProverProfile }>>;
  };
  readonly prices: readonly Price[];
  readonly run: {
    readonly lanes: number;
    /** They are tuned while the run goes on; `lanes` is where that begins. Absent: the number is fixed. */
    readonly autoLanes?: boolean;
    readonly samples: number;
    readonly maxRounds: number;
    /** Samples of a theorem in all rounds. */
    readonly maxSamples: number | null;
    /** Tokens of a theorem. */
    readonly maxTokens: number | null;
    /** US dollars of a theorem. */
    readonly theoremMaxCostUsd: number | null;
    /** US dollars of the run. */
    readonly maxCostUsd: number | null;
    /** Tokens of the run. */
    readonly runMaxTokens: number | null;
    /** Milliseconds of the run. */
    readonly runTimeoutMs: number | null;
    readonly timeoutMs: number | null;
    /** Of `bench`. null: what fits the limits. */
    readonly order: Order | null;
    /** Milliseconds in which a run of `bench` is to bring as much as it can. */
    readonly withinMs: number | null;
    readonly llmConcurrency: number;
    /** Model requests a minute of the whole queue, on all workers; null = no limit. */
    readonly rpm: number | null;
    /** Rounds of a suite go as batch jobs of the provider. */
    readonly batch: boolean;
    /** Milliseconds: the longest between two looks at a job, for a job at all, for the requests of other theorems. */
    readonly batchPollMs: number;
    readonly batchWaitMs: number;
    readonly batchLingerMs: number;
    readonly onModelFailure: 'fail' | 'local';
    /** Prompt variant of every request; null: chosen by what won before. */
    readonly prompt: string | null;
    /** Of that choice. */
    readonly seed: number | null;
    /** Theorems of the library and of the context that a model is told of, at most; 0 = none. */
    readonly lemmas: number;
    /** All model provers at once instead of in order. Absent: false. */
    readonly race?: boolean;
    /** All samples of the first round, also when one is right. Absent: false. */
    readonly exhaust?: boolean;
    /** Sketches asked for a theorem when whole proofs have failed. */
    readonly sketches: number;
    /** 2: the steps of a sketch may be sketched in their turn. */
    readonly sketchDepth: number;
    /** Look for a proof of the negation. */
    readonly refute: boolean;
  };
  readonly serve: ServeConfig;
};

/** `path` is dotted (`lean.slots`); `from` says where the value came from, e.g. `default`, `PROOFLOOP_LEAN_SLOTS`, `--slots`, a file's path. */
export type Provenance = readonly { readonly path: string; readonly value: unknown; readonly from: string }[];
export type LoadedConfig = { readonly config: Config; readonly provenance: Provenance };
