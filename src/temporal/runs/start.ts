import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { QUEUES, WORKFLOWS } from '../../../workflows/names.ts';
import type { SuiteProgress } from '../../../workflows/runSuite.ts';
import { cut, oneLine } from '../../../workflows/text.ts';
import { targetsOf } from '../../lean-text/assemble.ts';
import {
  type AttemptPlan,
  type Guard,
  type LeanFile,
  type ProveFileInput,
  proveFileInputSchema,
  type RunLimits,
  type RunRecord,
  type RunSuiteInput,
  runSuiteInputSchema,
  type Theorem,
  type TheoremSource,
  WORKFLOW_VERSION,
} from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { suiteKey } from '../search-attributes.ts';
import { takenOver } from './amend.ts';
import type { RunContext } from './context.ts';
import { liveState } from './control.ts';
import { type Difference, differencesOf } from './differences.ts';
import { because, putEvents } from './events.ts';
import { toFault } from './faults.ts';
import { type GoesOn, goesOn } from './goes-on.ts';

type Common = {
  /** From `runIdFor`. */
  readonly runId: string;
  readonly plan: AttemptPlan;
  readonly limits: RunLimits;
  /** Versions, machine and what else a reader of the record wants to know. No secrets. */
  readonly provenance: Readonly<Record<string, string>>;
};

export type SuiteRun = Common & {
  readonly suite: string;
  readonly suiteSha256: string;
  /** The theorems selected, in run order. */
  readonly theorems: readonly Theorem[];
  /** The order that the command names; a run that is at work keeps its own. */
  readonly order?: string | null;
  /** US dollars that a first request may cost at most; absent or null: not known. */
  readonly requestUsd?: number | null;
  /** Outcomes of an earlier run of the same series stay where the theorem is the same. Absent: no. */
  readonly amends?: boolean;
};

export type FileRun = Common & {
  /** As the user named it. */
  readonly path: string;
  readonly file: LeanFile;
};

/** It does not begin from nothing: `kept` outcomes are those of run `from`, and `again` theorems are at work. */
export type Continued = { readonly kept: number; readonly again: number; readonly from: string };

export type Started =
  | { readonly how: 'started'; readonly runId: string; readonly goesOn?: Continued }
  /** The same command is at work already; nothing was started. */
  | { readonly how: 'attached'; readonly runId: string; readonly differences: readonly Difference[] }
  /** It was run to its end before, perhaps with other budgets: the answer is in the store. */
  | {
      readonly how: 'finished';
      readonly runId: string;
      readonly record: RunRecord;
      readonly differences: readonly Difference[];
    };

/** Larger inputs lie in the store, so that no history comes near Temporal's limit of 2 MiB for a value. */
const INLINE_THEOREMS_BYTES = 256 * 1024;

/** Interactive work goes before benchmarks; theorems and activities inherit it. */
const PRIORITY = { file: { priorityKey: 1 }, suite: { priorityKey: 3 } } as const;

/** Starts a benchmark, or attaches to it, or finds it finished. */
export const startSuiteRun = async (ctx: RunContext, run: SuiteRun): Promise<Started> => {
  const { runId, suite, suiteSha256, theorems, plan, limits } = run;
  const text = JSON.stringify(theorems);
  const sha256 = await ctx.store.putText(text);
  const source: TheoremSource =
    Buffer.byteLength(text) <= INLINE_THEOREMS_BYTES
      ? { kind: 'inline', theorems }
      : { kind: 'stored', sha256, count: theorems.length };
  const guard = guardOf(ctx.store);
  const canary = { header: theorems[0]?.header ?? '' };
  const requestUsd = run.requestUsd ?? undefined;
  const input = runSuiteInputSchema.parse({
    ...{ runId, suite, suiteSha256, source, plan, limits, guard, canary },
    ...(requestUsd !== undefined && { requestUsd }),
  });
  const theoremIds = theorems.map((t) => t.id);
  const record = recordFor('suite', suite, theoremIds, { ...run, source: sha256 });
  const details = `${theorems.length} theorems of suite **${suite}**, provers ${plan.provers.join(', ')}`;
  const amends = run.amends === true ? { runId, theorems, series: run.provenance.series } : null;
  return start(ctx, record, WORKFLOWS.runSuite, input, details, { order: run.order ?? null, amends });
};

/** Starts proving a file, or attaches to it, or finds it finished. */
export const startFileRun = async (ctx: RunContext, run: FileRun): Promise<Started> => {
  const { runId, path, file, plan, limits } = run;
  const sha256 = await ctx.store.putText(JSON.stringify(file));
  const guard = guardOf(ctx.store);
  const input = proveFileInputSchema.parse({ runId, path, file, plan, limits, guard });
  const targets = targetsOf(file);
  const theoremIds = targets.map((t) => t.id);
  const record = recordFor('file', path, theoremIds, { ...run, source: sha256 });
  const list = targets.map((t) => `- line ${t.line}: ${t.name}`).join('\n');
  return start(ctx, record, WORKFLOWS.proveFile, input, `**${path}**\n\n${list}`);
};

const guardOf = (store: Store): Guard => ({ storeId: store.id, workflowVersion: WORKFLOW_VERSION });

const recordFor = (
  kind: RunRecord['kind'],
  label: string,
  theoremIds: readonly string[],
  { runId, plan, limits, provenance, source }: Common & { readonly source: string },
): RunRecord => ({
  ...{ runId, kind, label, plan, limits, theoremIds, results: [] },
  state: 'running',
  startedAt: Date.now(),
  endedAt: null,
  // The text under this hash is what `retry` makes its new run of.
  provenance: { ...provenance, source },
});

/** What a run has to do when it does not begin from nothing. */
type Amends = Parameters<typeof takenOver>[1];
type Reopened = NonNullable<SuiteProgress['reopened']>;

const start = async (
  ctx: RunContext,
  record: RunRecord,
  workflow: string,
  input: RunSuiteInput | ProveFileInput,
  details: string,
  { order = null, amends = null }: { readonly order?: string | null; readonly amends?: Amends | null } = {},
): Promise<Started> => {
  const { runId, kind } = record;
  const asked = { ...record, order };
  const known = await ctx.store.getRun(runId);
  const rest = known === null || kind === 'file' ? null : goesOn(known, asked);
  if (known?.state === 'done' && (rest === null || rest.turns.length === 0))
    return { how: 'finished', runId, record: known, differences: differencesOf(known, asked) };
  if (known !== null && (await liveState(ctx, runId)) === 'running')
    return { how: 'attached', runId, differences: differencesOf(known, asked) };
  // Before the workflow, which finds the record when it ends.
  if (known !== null && rest !== null && isPartOf(known, rest)) {
    const { theoremIds, provenance } = known;
    const both = { ...record.provenance, ...provenance, ...continuedBy(provenance, record.provenance) };
    await ctx.store.putRun({ ...record, theoremIds, provenance: both });
    await putEvents(ctx.store, known, record, because('asked for again'));
    const source = { kind: 'stored', sha256: provenance.source ?? '', count: theoremIds.length } as const;
    await launch(ctx, record, workflow, { ...input, source }, details, rest);
    const kept = theoremIds.length - rest.turns.length;
    return { how: 'started', runId, goesOn: { kept, again: rest.turns.length, from: runId } };
  }
  const taken = known === null && amends !== null ? await takenOver(ctx.store, amends, asked) : null;
  if (taken !== null) {
    const whole = { ...record, results: taken.results };
    await ctx.store.putRun(whole);
    const left = goesOn({ ...whole, state: 'cancelled' }, record);
    await launch(ctx, record, workflow, input, details, left);
    const kept = taken.results.length;
    return { how: 'started', runId, goesOn: { kept, again: left.turns.length, from: taken.from } };
  }
  await ctx.store.putRun(record);
  await launch(ctx, record, workflow, input, details);
  return { how: 'started', runId };
};

/** Facts that another version or machine makes another; what determines the meaning of a run is in its id. */
const MADE_WITH = ['proofloop', 'revision', 'sandbox', 'node', 'machine', 'leanSlots', 'prices'];

/** What is other than when the run began. The record keeps what it began with. */
const continuedBy = (
  began: RunRecord['provenance'],
  now: RunRecord['provenance'],
): { readonly continuedBy?: string } => {
  const other = MADE_WITH.filter((name) => now[name] !== undefined && now[name] !== began[name]);
  return other.length === 0 ? {} : { continuedBy: other.map((name) => `${name}: ${now[name]}`).join('; ') };
};

/** Something of it stays, or was at work before, and its theorems are still known. */
const isPartOf = (run: RunRecord, { turns }: GoesOn): boolean =>
  (turns.length < run.theoremIds.length || turns.some(({ again }) => again > 0)) &&
  run.provenance.source !== undefined;

const launch = async (
  ctx: RunContext,
  { runId, label, kind }: RunRecord,
  workflow: string,
  input: RunSuiteInput | ProveFileInput,
  details: string,
  reopened?: Reopened,
): Promise<void> => {
  try {
    await ctx.client.workflow.start(workflow, {
      workflowId: runId,
      taskQueue: QUEUES.main,
      args: reopened === undefined ? [input] : [input, { reopened } satisfies SuiteProgress],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      priority: PRIORITY[kind],
      staticSummary: oneLine(`${kind === 'suite' ? 'bench' : 'prove'} ${label}`),
      staticDetails: cut(details, 16_000),
      ...(ctx.searchAttributes && {
        typedSearchAttributes: new TypedSearchAttributes([{ key: suiteKey, value: cut(label, 200) }]),
      }),
    });
  } catch (error) {
    throw toFault(error, `'${runId}'`);
  }
};
