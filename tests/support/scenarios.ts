import type { Client, WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities, EarlierWork } from '../../activities/api.ts';
import type { ProveTheoremInput } from '../../src/model/index.ts';
import { held } from '../../src/scheduler/control/hold.ts';
import { childIdFor, QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { EMPTY_LEDGER } from '../../workflows/theorem/ledger.ts';
import { sampleKey } from '../../workflows/theorem/sample-key.ts';
import { gate, judged } from './activities.ts';
import { fileInput, suiteInput } from './runs.ts';
import { answer, canary, plan, proof, proveInput, refutation } from './theorems.ts';
import { untilCancelled } from './until-cancelled.ts';

/** One path through a workflow: its activities, its input, and what happens to it from outside. */
export type Scenario = {
  readonly name: string;
  readonly workflow: keyof typeof WORKFLOWS;
  readonly replace: Partial<Activities>;
  readonly args: readonly unknown[];
  readonly during?: (handle: WorkflowHandle, client: Client) => Promise<void>;
  /** The history of the last execution is kept, where there are several; else of the first. */
  readonly last?: boolean;
};

const update = (handle: WorkflowHandle, name: string, ...args: unknown[]) =>
  handle.executeUpdate<unknown, [unknown, ...unknown[]]>(name, { args: args as [unknown] });

const wrong = { generate: async () => answer(proof('wrong')) };
const modelDown = async () => {
  throw ApplicationFailure.nonRetryable('key refused', 'MODEL_CREDENTIALS');
};
const theorem = (
  name: string,
  replace: Partial<Activities>,
  more: Parameters<typeof plan> = [],
  during?: Scenario['during'],
  input: Partial<ProveTheoremInput> = {},
): Scenario => ({
  name,
  workflow: 'proveTheorem',
  replace,
  args: [proveInput(name, { plan: plan(...more), ...input })],
  ...(during !== undefined && { during }),
});

const siblings = (): Scenario => {
  const busy = gate();
  return theorem(
    'siblings',
    {
      generate: async ({ sample }) => {
        if (sample === 1) return answer(proof('slow'));
        await busy.promise;
        return answer(proof('good'));
      },
      verify: async ({ submission }) =>
        submission.text === 'slow' ? untilCancelled(busy.resolve, () => {}) : judged('good', true),
    },
    [{ samples: 2 }],
  );
};

const race = (): Scenario => {
  const busy = gate();
  return theorem(
    'race',
    {
      generate: async ({ prover }) => {
        if (prover === 'slow') return untilCancelled(busy.resolve, () => {});
        await busy.promise;
        return answer(proof('good'));
      },
    },
    [{}, { provers: ['local', 'slow', 'quick'], race: true }],
  );
};

const cancelled = (): Scenario => {
  const busy = gate();
  return theorem(
    'cancelled',
    { verify: () => untilCancelled(busy.resolve, () => {}) },
    [],
    async (handle) => {
      await busy.promise;
      await handle.cancel();
    },
  );
};

const paused = (): Scenario => {
  const asked = gate();
  const go = gate();
  return theorem(
    'paused',
    {
      generate: async ({ round }) => {
        asked.resolve();
        await go.promise;
        return answer(proof(round < 3 ? 'wrong' : 'good'));
      },
    },
    [{ rounds: 2 }],
    async (handle) => {
      await asked.promise;
      await update(handle, 'pause');
      go.resolve();
      await update(handle, 'setBudget', { rounds: 3 });
      await update(handle, 'resume');
    },
  );
};

const suite = (
  name: string,
  count: number,
  replace: Partial<Activities>,
  more: Parameters<typeof suiteInput>[2] = {},
  rest: Partial<Pick<Scenario, 'during'>> & { readonly before?: object } = {},
): Scenario => ({
  name,
  workflow: 'runSuite',
  replace,
  args: [suiteInput(name, count, more), rest.before ?? {}],
  ...(rest.during !== undefined && { during: rest.during }),
});

const suiteSteered = (): Scenario => {
  const asked = gate();
  const go = gate();
  const during: Scenario['during'] = async (handle) => {
    await asked.promise;
    await update(handle, 'pause');
    await update(handle, 'setLimits', { lanes: 3 });
    await update(handle, 'setBudget', { samples: 2 });
    go.resolve();
    await update(handle, 'resume');
  };
  const generate = async () => {
    asked.resolve();
    await go.promise;
    return answer(proof('good'));
  };
  return suite('suiteSteered', 4, { generate }, { limits: { lanes: 1, costUsd: null } }, { during });
};

/** One theorem is still at work when the run continues as new; it is terminated there, and found by a look. */
const suiteCarried = (): Scenario => {
  const busy = gate();
  const during: Scenario['during'] = async (handle, client) => {
    await busy.promise;
    const first = (await handle.describe()).runId;
    while ((await client.workflow.getHandle('run-suiteCarried').describe()).runId === first);
    await client.workflow.getHandle(childIdFor('run-suiteCarried', 'suiteCarried.1')).terminate('test');
  };
  const verify: Activities['verify'] = async ({ theorem: { id }, submission }) =>
    id === 'suiteCarried.1' ? untilCancelled(busy.resolve, () => {}) : judged(submission.text, true);
  return {
    ...suite('suiteCarried', 5, { verify }, {}, { before: { historyLimit: 25, lookMs: 500 }, during }),
    last: true,
  };
};

/** More samples while it runs: what had ended without a proof comes again. */
const suiteRaised = (): Scenario => {
  const asked = gate();
  const go = gate();
  const during: Scenario['during'] = async (handle) => {
    await asked.promise;
    await update(handle, 'setBudget', { samples: 2 });
    go.resolve();
  };
  const generate: Activities['generate'] = async ({ theorem: { id }, sample }) => {
    if (id === 'suiteRaised.1') return answer(proof(sample === 0 ? 'wrong' : 'good'));
    asked.resolve();
    await go.promise;
    return answer(proof('good'));
  };
  return suite(
    'suiteRaised',
    2,
    { generate },
    { plan: plan({ rounds: 1 }), limits: { lanes: 1, costUsd: null } },
    { during },
  );
};

const earlierWork: EarlierWork = {
  ledger: EMPTY_LEDGER,
  attempts: 2,
  done: [sampleKey('model', 1, 0), sampleKey('model', 1, 1)],
  spent: [],
  samples: [],
  local: true,
  searched: true,
};

const suiteCancelled = (): Scenario => {
  const busy = gate();
  const during: Scenario['during'] = async (handle) => {
    await busy.promise;
    await handle.cancel();
  };
  return suite('suiteCancelled', 3, { verify: () => untilCancelled(busy.resolve, () => {}) }, {}, { during });
};

const suiteOneCancelled = (): Scenario => {
  const busy = gate();
  const during: Scenario['during'] = async (_handle, client) => {
    await busy.promise;
    await client.workflow.getHandle(childIdFor('run-suiteOneCancelled', 'suiteOneCancelled.1')).cancel();
  };
  const verify: Activities['verify'] = async ({ theorem, submission }) =>
    theorem.id === 'suiteOneCancelled.1'
      ? untilCancelled(busy.resolve, () => {})
      : judged(submission.text, true);
  return suite('suiteOneCancelled', 2, { verify }, {}, { during });
};

const onceLimited = (): Activities['generate'] => {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries > 1) return answer(proof('good'));
    throw ApplicationFailure.create({ type: 'MODEL_RATE_LIMIT', details: [{ retryAfterMs: 1 }] });
  };
};

/** Whole proofs fail; the sketch has two steps, which the local prover closes unless the scenario says otherwise. */
const sketch = (name: string, replace: Partial<Activities>, whole = false): Scenario =>
  theorem(
    name,
    {
      generate: async ({ kind }) => answer(proof(kind === 'sketch' ? SKETCH : 'wrong')),
      checkSketch: twoSteps,
      // The whole theorem has no local prover in its plan, so this is for the steps.
      proveLocally: async () => [judged('by step', true)],
      verify: async ({ submission }) =>
        judged(submission.text, whole && submission.text.includes('have h1 : 1 = 1 := by step')),
      ...replace,
    },
    [{ rounds: 1 }, { refute: true, sketch: { count: 1, depth: 1 } }],
  );
export const twoSteps: Activities['checkSketch'] = async ({ theorem: { id }, submission }) => ({
  judged: {
    ...judged(submission.text, false),
    verdict: { status: 'incomplete', diagnostics: [], goals: [], ms: 1 },
  },
  why: null,
  steps: ['h1', 'h2'].map((step) => ({
    name: step,
    theorem: {
      id,
      name: `${id}_${step}`,
      header: '',
      context: '',
      statement: `theorem ${id}_${step} : 1 = 1`,
    },
    signature: ` : 1 = 1 -- ${step}`,
    use: `exact ${id}_${step}`,
    isTactic: true,
  })),
});
export const SKETCH = 'by\n  have h1 : 1 = 1 := by sorry\n  have h2 : 1 = 1 := by sorry\n  exact h1';

/** A history of each is committed under tests/histories and replayed by the tests. */
export const scenarios = (): readonly Scenario[] => [
  theorem('solved', {}),
  theorem('known', { lookupProof: async () => ({ ...judged('known', true), cached: true }) }),
  theorem('local', { proveLocally: async () => [judged('by omega', true)] }, [
    {},
    { provers: ['local', 'model'] },
  ]),
  theorem('adaptive', { ...wrong, choosePrompts: async ({ stages }) => stages.map(() => 'steps') }, [
    { rounds: 2, samples: 2 },
    { prompt: null, seed: 1 },
  ]),
  theorem('repaired', { generate: async ({ round }) => answer(proof(round === 1 ? 'wrong' : 'good')) }),
  theorem('lemmas', { hints: async () => ({ lemmas: [{ name: 'Nat.x', type: 'Nat' }], leanMs: 5 }) }, [
    {},
    { lemmas: 24 },
  ]),
  siblings(),
  race(),
  theorem('rounds', wrong, [{ rounds: 2, samples: 2 }]),
  theorem('tokens', wrong, [{ rounds: 9, tokens: 40 }]),
  theorem('samples', wrong, [{ rounds: 9, samples: 2, maxSamples: 3 }]),
  theorem('duplicates', { generate: async ({ round }) => answer(proof(round < 3 ? 'wrong' : 'good')) }),
  theorem('retried', { generate: onceLimited() }),
  {
    name: 'long',
    workflow: 'proveTheorem',
    replace: { generate: async ({ round, sample }) => answer(proof(`wrong ${round}.${sample}`)) },
    args: [proveInput('long', { plan: plan({ rounds: 4, samples: 3, costUsd: 5 }) }), { historyLimit: 30 }],
  },
  theorem(
    'cost',
    {
      quote: async () => ({ usd: 0.4, tokens: 15, stored: false }),
      generate: async ({ round, sample }) => answer(proof(`wrong ${round}.${sample}`), { costUsd: 0.3 }),
    },
    [{ samples: 3, costUsd: 1 }],
  ),
  theorem(
    'time',
    {
      verify: () =>
        untilCancelled(
          () => {},
          () => {},
        ),
    },
    [{ wallMs: 1_000 }],
  ),
  cancelled(),
  paused(),
  theorem('modelFailed', { generate: modelDown }),
  theorem('fallback', { generate: modelDown }, [{}, { onModelFailure: 'local' }]),
  theorem('conditional', {
    verify: async ({ submission }) => ({
      ...judged(submission.text, false),
      verdict: { status: 'conditional', on: ['earlier'], diagnostics: [], ms: 1 },
    }),
  }),
  theorem('refutedAtAGlance', { refute: async () => ({ refutation, leanMs: 3 }) }, [
    {},
    { provers: ['local'], refute: true },
  ]),
  theorem('refuted', { refute: async () => ({ refutation, leanMs: 3 }) }, [{}, { refute: true }]),
  theorem(
    'refutedLate',
    {
      ...wrong,
      refute: async ({ effort }) => ({ refutation: effort === 'full' ? refutation : null, leanMs: 3 }),
    },
    [{ rounds: 1 }, { refute: true }],
  ),
  sketch('sketched', {}, true),
  sketch('sketchRefuted', {
    proveLocally: async () => [judged('by local', false)],
    refute: async ({ theorem: { id } }) => ({ refutation: id.endsWith('h1') ? refutation : null, leanMs: 3 }),
  }),
  sketch('sketchUnproved', { proveLocally: async () => [judged('by local', false)] }),
  suite('suite', 4, {}),
  suite(
    'suiteTuned',
    4,
    { adviseLanes: async () => ({ lanes: 3, state: held(3) }) },
    { limits: { lanes: 1, costUsd: null, autoLanes: 4 } },
  ),
  suiteSteered(),
  suiteCancelled(),
  suiteOneCancelled(),
  suite(
    'suiteStarved',
    2,
    {
      quote: async ({ theorem }) => ({
        usd: theorem.id === 'suiteStarved.1' ? 0.8 : 0.1,
        tokens: 15,
        stored: false,
      }),
      generate: async () => answer(proof('good'), { costUsd: 0.05 }),
    },
    { limits: { lanes: 2, costUsd: 1 } },
  ),
  suite(
    'suiteBatch',
    3,
    {
      quote: async ({ askedBy }) => ({
        ...{ usd: 0.2, tokens: 20, stored: false },
        batch: { sha256: askedBy, bytes: 100, maxBytes: 1_000, usd: 0.1 },
      }),
      generate: async ({ round, askedBy }) =>
        answer(proof(round === 2 ? 'good' : 'wrong'), { cached: true, askedBy }),
    },
    {
      plan: plan({}, { batch: { pollMs: 50, waitMs: 60_000, lingerMs: 20_000 } }),
      limits: { lanes: 3, costUsd: 2 },
    },
  ),
  suite('suiteCanary', 2, {}, { canary: { header: 'import Std\n' } }),
  suite(
    'suiteCanaryAccepted',
    2,
    { canary: async () => canary('accepted the false') },
    { canary: { header: '' } },
  ),
  suite('suiteLong', 6, {}, {}, { before: { historyLimit: 25 } }),
  suiteCarried(),
  suiteRaised(),
  theorem(
    'resumed',
    { earlierWork: async () => earlierWork, generate: async () => answer(proof('good')) },
    [{ rounds: 1, samples: 3 }],
    undefined,
    { resumed: true },
  ),
  {
    name: 'file',
    workflow: 'proveFile',
    replace: { generate: async ({ theorem }) => answer(proof(theorem.name === 'b' ? 'wrong' : 'good')) },
    args: [fileInput('file', ['a', 'b', 'c'])],
  },
  {
    name: 'fileLong',
    workflow: 'proveFile',
    replace: {},
    args: [fileInput('fileLong', ['a', 'b', 'c']), { historyLimit: 12 }],
  },
];

/** Runs it to its end, whatever that is; returns the id of the (first) execution. */
export const play = async (
  client: Client,
  scenario: Scenario,
): Promise<{ workflowId: string; runId: string }> => {
  const [input] = scenario.args as [{ runId: string; theorem?: { id: string } }];
  const workflowId = input.theorem === undefined ? input.runId : childIdFor(input.runId, input.theorem.id);
  const handle = await client.workflow.start(WORKFLOWS[scenario.workflow], {
    workflowId,
    taskQueue: QUEUES.main,
    args: [...scenario.args],
  });
  await scenario.during?.(handle, client);
  // A cancelled one rejects; the history is what is wanted.
  await handle.result().catch(() => {});
  const { runId } = await client.workflow.getHandle(workflowId).describe();
  return { workflowId, runId: scenario.last === true ? runId : handle.firstExecutionRunId };
};
