import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { ORDERS } from '../scheduler/order.ts';
import type { Dirs } from './dirs.ts';
import { promptName } from './prompt.ts';
import { SERVE_SETTINGS } from './serve.ts';
import {
  choice,
  command,
  dollars,
  duration,
  type Form,
  names,
  orAuto,
  orNone,
  path,
  share,
  storePlace,
  text,
  wholeNumber,
  yesOrNo,
} from './values.ts';

/** What the flags of a command line may set; each name is commander's for the long flag (`--max-cost`: maxCost). */
export type ConfigFlags = { readonly [K in FlagName | 'config']?: unknown };

export type Setting = {
  /** Dotted, as in `Config`. */
  readonly path: string;
  /** Dotted, as in proofloop.toml; `PROOFLOOP_` and the same in capitals is its variable. */
  readonly key: string;
  readonly flag?: string;
  /** A variable of Temporal's own that holds where ours does not. */
  readonly temporalEnv?: string;
  readonly form: Form<unknown>;
  readonly default: (dirs: Dirs) => unknown;
};

const cores = (): number => Math.max(1, availableParallelism());
const nothing = (): null => null;

export const SETTINGS = [
  {
    path: 'temporal.address',
    key: 'temporal.address',
    flag: 'address',
    temporalEnv: 'TEMPORAL_ADDRESS',
    form: text,
    default: nothing,
  },
  {
    path: 'temporal.namespace',
    key: 'temporal.namespace',
    flag: 'namespace',
    temporalEnv: 'TEMPORAL_NAMESPACE',
    form: text,
    default: () => 'default',
  },
  {
    path: 'temporal.profile',
    key: 'temporal.profile',
    flag: 'temporalProfile',
    temporalEnv: 'TEMPORAL_PROFILE',
    form: text,
    default: nothing,
  },
  { path: 'temporal.cli', key: 'temporal.cli', flag: 'temporalCli', form: path, default: nothing },
  { path: 'dirs.cache', key: 'dirs.cache', form: path, default: (dirs) => dirs.cache },
  { path: 'dirs.data', key: 'dirs.data', form: path, default: (dirs) => dirs.data },
  { path: 'dirs.state', key: 'dirs.state', form: path, default: (dirs) => dirs.state },
  {
    path: 'store',
    key: 'store',
    flag: 'store',
    form: storePlace,
    default: (dirs) => join(dirs.data, 'store.db'),
  },
  { path: 'lean.profile', key: 'lean.profile', flag: 'leanProfile', form: text, default: () => 'embedded' },
  { path: 'lean.command', key: 'lean.command', flag: 'leanCommand', form: command, default: nothing },
  { path: 'lean.cwd', key: 'lean.cwd', flag: 'leanCwd', form: path, default: nothing },
  {
    path: 'lean.allowUnsandboxed',
    key: 'lean.allow_unsandboxed',
    flag: 'allowUnsandboxed',
    form: yesOrNo,
    default: () => false,
  },
  { path: 'lean.slots', key: 'lean.slots', flag: 'slots', form: orAuto(wholeNumber(1)), default: cores },
  { path: 'lean.maxLoad', key: 'lean.max_load', form: share(0.2, 1), default: () => 0.8 },
  { path: 'lean.spare', key: 'lean.spare', flag: 'spare', form: yesOrNo, default: nothing },
  { path: 'lean.wallMs', key: 'lean.timeout', flag: 'checkTimeout', form: duration, default: () => 20_000 },
  {
    path: 'lean.heartbeats',
    key: 'lean.heartbeats',
    flag: 'heartbeats',
    form: wholeNumber(0),
    default: () => 200_000,
  },
  {
    path: 'lean.memoryMiB',
    key: 'lean.memory_mib',
    flag: 'memory',
    form: wholeNumber(512, 4096),
    default: () => 2048,
  },
  { path: 'provers.use', key: 'provers.use', flag: 'provers', form: names, default: () => ['local'] },
  { path: 'run.lanes', key: 'run.lanes', flag: 'jobs', form: orAuto(wholeNumber(1)), default: cores },
  { path: 'run.samples', key: 'run.samples', flag: 'samples', form: wholeNumber(1), default: () => 1 },
  { path: 'run.maxRounds', key: 'run.max_rounds', flag: 'maxRounds', form: wholeNumber(0), default: () => 4 },
  {
    path: 'run.maxSamples',
    key: 'run.max_samples',
    flag: 'maxSamples',
    form: orNone(wholeNumber(1)),
    default: nothing,
  },
  {
    path: 'run.maxTokens',
    key: 'run.max_tokens',
    flag: 'maxTokens',
    form: orNone(wholeNumber(1)),
    default: nothing,
  },
  {
    path: 'run.theoremMaxCostUsd',
    key: 'run.theorem_max_cost',
    flag: 'theoremMaxCost',
    form: orNone(dollars),
    default: nothing,
  },
  { path: 'run.maxCostUsd', key: 'run.max_cost', flag: 'maxCost', form: orNone(dollars), default: () => 1 },
  {
    path: 'run.runMaxTokens',
    key: 'run.run_max_tokens',
    flag: 'runMaxTokens',
    form: orNone(wholeNumber(1)),
    default: nothing,
  },
  {
    path: 'run.runTimeoutMs',
    key: 'run.run_timeout',
    flag: 'runTimeout',
    form: orNone(duration),
    default: nothing,
  },
  { path: 'run.timeoutMs', key: 'run.timeout', flag: 'timeout', form: orNone(duration), default: nothing },
  { path: 'run.order', key: 'run.order', flag: 'order', form: choice(...ORDERS), default: nothing },
  { path: 'run.withinMs', key: 'run.within', flag: 'within', form: orNone(duration), default: nothing },
  {
    path: 'run.llmConcurrency',
    key: 'run.llm_concurrency',
    flag: 'llmConcurrency',
    form: wholeNumber(1),
    default: () => 8,
  },
  { path: 'run.rpm', key: 'run.rpm', flag: 'rpm', form: orNone(wholeNumber(1)), default: nothing },
  { path: 'run.batch', key: 'run.batch', flag: 'batch', form: yesOrNo, default: () => false },
  { path: 'run.batchPollMs', key: 'run.batch_poll', form: duration, default: () => 60_000 },
  { path: 'run.batchWaitMs', key: 'run.batch_wait', form: duration, default: () => 26 * 3_600_000 },
  { path: 'run.batchLingerMs', key: 'run.batch_linger', form: duration, default: () => 60_000 },
  { path: 'run.prompt', key: 'run.prompt', flag: 'prompt', form: promptName, default: nothing },
  { path: 'run.seed', key: 'run.seed', flag: 'seed', form: orNone(wholeNumber(0)), default: nothing },
  {
    path: 'run.race',
    key: 'run.race',
    flag: 'race',
    form: yesOrNo,
    default: () => false,
  },
  { path: 'run.exhaust', key: 'run.exhaust', flag: 'exhaust', form: yesOrNo, default: () => false },
  {
    path: 'run.onModelFailure',
    key: 'run.on_model_failure',
    flag: 'onModelFailure',
    form: choice('fail', 'local'),
    default: (): 'fail' | 'local' => 'fail',
  },
  { path: 'run.lemmas', key: 'run.lemmas', flag: 'lemmas', form: wholeNumber(0, 200), default: () => 24 },
  { path: 'run.sketches', key: 'run.sketch', flag: 'sketch', form: wholeNumber(0), default: () => 0 },
  {
    path: 'run.sketchDepth',
    key: 'run.sketch_depth',
    flag: 'sketchDepth',
    form: wholeNumber(1, 4),
    default: () => 1,
  },
  { path: 'run.refute', key: 'run.refute', flag: 'refute', form: yesOrNo, default: () => true },
  ...SERVE_SETTINGS,
] as const satisfies readonly Setting[];

/** A value with where it came from; a higher rank beats a lower one. */
export type Found<T = unknown> = { readonly value: T; readonly from: string; readonly rank: number };

type Row = (typeof SETTINGS)[number];
/** The value found for each path, typed by the row's form and default. */
export type Resolved = {
  readonly [S in Row as S['path']]: Found<z.output<ReturnType<S['form']>> | ReturnType<S['default']>>;
};
export type SettingPath = (typeof SETTINGS)[number]['path'];
type FlagName = Extract<(typeof SETTINGS)[number], { flag: string }>['flag'];

export const envName = (key: string): string => `PROOFLOOP_${key.replaceAll('.', '_').toUpperCase()}`;

/** `maxCost` -> `--max-cost` */
export const flagName = (flag: string): string =>
  `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
