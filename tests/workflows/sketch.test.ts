import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { createActivities } from '../../activities/index.ts';
import { createEmbeddedBackend } from '../../lean/embedded/backend.ts';
import { createPool } from '../../lean/pool/pool.ts';
import type { LeanService } from '../../lean/service.ts';
import type { AttemptPlan, ProveTheoremInput, Theorem, TheoremResult } from '../../src/model/index.ts';
import { WORKFLOW_VERSION } from '../../src/model/index.ts';
import { localProver } from '../../src/prover/index.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import type { RunningWorker } from '../../src/temporal/worker.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { proverOf, useEnvironment } from '../prover/support.ts';
import { type GeminiServer, type Step, startGeminiServer } from '../support/gemini-server.ts';
import { LEAN_CACHE } from '../support/lean-cache.ts';
import { type TestTemporal, testTemporal } from '../support/temporal.ts';
import { plan, theorem } from '../support/theorems.ts';

/* Real Temporal, real Lean, the unmodified SDK against a server that speaks Gemini's wire format. */
let dir: string;
let store: Store;
let lean: LeanService;
let model: GeminiServer;
let temporal: TestTemporal;
let workers: RunningWorker;
let restore: () => void;

const startWork = () => {
  const prover = proverOf({ maxOutputTokens: 1_000 });
  const provers = new Map([['model', prover]]);
  return temporal.workers(createActivities({ provers, local: localProver, lean, store, clock: Date }), {
    lean: 2,
  });
};

beforeAll(async () => {
  model = await startGeminiServer();
  restore = useEnvironment(model.env());
  dir = await mkdtemp(join(tmpdir(), 'proofloop-steps-'));
  store = await openStore(join(dir, 'store.sqlite'));
  lean = createPool({ backend: createEmbeddedBackend({ cacheDir: LEAN_CACHE }), slots: 2, spare: false });
  temporal = await testTemporal();
  workers = await startWork();
}, 60_000);
afterAll(async () => {
  await workers.shutdown();
  await temporal.close();
  await lean.close();
  await store.close();
  await model.close();
  restore();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(() => model.reset([], WRONG));
afterEach(() => model.reset([], WRONG));

const WRONG: Step = { kind: 'proof', proof: 'by rfl' };
/** What a prompt for a sketch has and no other. */
const SKETCH = 'Write the proof as a sketch';

const between = (id: string): Theorem =>
  theorem(id, { statement: `theorem ${id} (a b c : Nat) (h : a ≤ b) (h2 : b ≤ c) : a < c + 1` });
const sketchOf = ({ statement }: Theorem, proof: string, match = SKETCH): Step => ({
  kind: 'text',
  text: `Here it is.\n\`\`\`lean4\n${statement} := ${proof}\n\`\`\``,
  match,
});
const GOOD = 'by\n  have h3 : a ≤ c := by sorry\n  have h4 : c < c + 1 := by sorry\n  omega';
/** A step that no automation closes: a witness has to be named. */
const WITNESS = '∃ n : Nat, n * n * n - 7 * n = 73794 ∧ n % 2 = 0';
const HARD = `by\n  have h3 : ${WITNESS} := by sorry\n  have h4 : a ≤ c := by sorry\n  omega`;

const inputFor = (
  one: Theorem,
  more: Partial<AttemptPlan> = {},
  budget: Parameters<typeof plan>[0] = {},
): ProveTheoremInput => ({
  runId: 'run',
  theorem: one,
  plan: plan(
    { rounds: 1, ...budget },
    { lean: { wallMs: 20_000, heartbeats: 200_000 }, refute: true, sketch: { count: 2, depth: 1 }, ...more },
  ),
  guard: { storeId: store.id, workflowVersion: WORKFLOW_VERSION },
  suite: 'tests',
});
const start = (
  input: ProveTheoremInput,
): Promise<WorkflowHandle<(i: ProveTheoremInput) => Promise<TheoremResult>>> =>
  temporal.client.workflow.start(WORKFLOWS.proveTheorem, {
    workflowId: `run/${input.theorem.id}`,
    taskQueue: QUEUES.main,
    args: [input],
  });
const prove = async (...args: Parameters<typeof inputFor>) => (await start(inputFor(...args))).result();
/** Children of a theorem by the end of their ids, with how they ended. */
const childrenOf = async (id: string) => {
  const found: Record<string, string> = {};
  for await (const info of temporal.client.workflow.list({ query: `WorkflowType = 'proveTheorem'` }))
    if (info.workflowId.startsWith(`run/${id}/`))
      found[info.workflowId.slice(`run/${id}/`.length)] = info.status.name;
  return found;
};

test('the local prover closes the steps, each in a child workflow, and the whole is judged as one proof', async () => {
  const one = between('easy');
  model.push(sketchOf(one, GOOD));
  const result = await prove(one);
  expect(result).toMatchObject({
    outcome: 'solved',
    prover: 'model',
    verdict: { status: 'accepted', assurance: { fresh: true, kernelReplay: true } },
    notes: ['sketch 1: 2 of 2 steps proved'],
    ledger: { modelCalls: 2 },
  });
  expect(result.submission?.text).not.toContain('sorry');
  expect(model.requests).toHaveLength(2);
  expect(await childrenOf('easy')).toEqual({ 's1.h3': 'COMPLETED', 's1.h4': 'COMPLETED' });
  const attempts = await store.listAttempts('run', 'easy');
  expect(attempts.filter((a) => a.kind === 'sketch').map((a) => a.verdict?.status)).toEqual([
    'incomplete',
    'accepted',
  ]);
  // Steps are no theorems of the run.
  expect((await store.getRun('run'))?.results ?? []).toEqual([]);
});

test('a false step sends the sketch back with its counterexample, and costs no call', async () => {
  const one = between('falseStep');
  model.push(
    sketchOf(
      one,
      'by\n  have h3 : ∀ x : Nat, x < 3 := by sorry\n  have h4 : a ≤ c := by sorry\n  have := h3 a\n  omega',
    ),
    sketchOf(one, GOOD),
  );
  const result = await prove(one);
  expect(result.outcome).toBe('solved');
  expect(result.notes[0]).toMatch(/^sketch 1: \d of 2 steps proved; step h3 is false for .*x = 3/);
  expect(model.requests).toHaveLength(3);
  expect(model.requests[2]?.user).toMatch(/Step h3 .*is FALSE: it fails for .*x = 3/);
});

test('a sketch that does not elaborate goes back with what Lean says', async () => {
  const one = between('broken');
  model.push(sketchOf(one, 'by\n  have h3 : a ≤ nowhere := by sorry\n  omega'), sketchOf(one, GOOD));
  const result = await prove(one);
  expect(result).toMatchObject({
    outcome: 'solved',
    notes: ['sketch 1 is of no use: Lean reports errors', 'sketch 2: 2 of 2 steps proved'],
  });
  expect(model.requests[2]?.user).toMatch(/nowhere/);
});

test('a step that the local prover leaves goes to the model', async () => {
  const one = between('hardStep');
  model.push(sketchOf(one, HARD), { kind: 'proof', proof: '⟨42, by decide⟩', match: 'theorem hardStep_h3' });
  const result = await prove(one);
  expect(result).toMatchObject({ outcome: 'solved', notes: ['sketch 1: 2 of 2 steps proved'] });
  expect(result.submission?.text).toContain('⟨42, by decide⟩');
  expect(model.requests).toHaveLength(3);
  expect(await childrenOf('hardStep')).toEqual({
    's1.h3': 'COMPLETED',
    's1.h4': 'COMPLETED',
    's1.h3~1': 'COMPLETED',
  });
});

test('an unproved step is said in the notes and told to the model', async () => {
  const one = between('unproved');
  model.push(sketchOf(one, HARD), sketchOf(one, HARD));
  const result = await prove(one);
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'rounds' });
  expect(result.notes).toEqual([1, 2].map((n) => `sketch ${n}: 1 of 2 steps proved; step h3 is unproved`));
  expect(model.requests.find((r) => r.user.includes('could not be proved'))).toBeDefined();
});

test('with depth 2 a step is proved in steps of its own', async () => {
  const one = between('deep');
  const step = 'theorem deep_h3';
  model.push(
    sketchOf(one, HARD),
    {
      kind: 'text',
      match: step,
      text: '```lean4\nby rfl\n```',
    },
    {
      kind: 'text',
      match: step,
      text: '```lean4\nby\n  have k1 : 42 * 42 * 42 - 7 * 42 = 73794 := by sorry\n  exact ⟨42, k1, rfl⟩\n```',
    },
  );
  const result = await prove(one, { sketch: { count: 1, depth: 2 } });
  expect(result.outcome).toBe('solved');
  expect(Object.keys(await childrenOf('deep')).sort()).toEqual([
    's1.h3',
    's1.h3~1',
    's1.h3~1/s1.k1',
    's1.h4',
  ]);
});

test('steps keep within the money that is left, and the result says what stopped them', async () => {
  const one = between('poor');
  const both = `by\n  have h3 : ${WITNESS} := by sorry\n  have h5 : ∃ n : Nat, n * n * n - 9 * n = 73710 := by sorry\n  omega`;
  model.push(sketchOf(one, both));
  const result = await prove(one, { sketch: { count: 1, depth: 1 } }, { costUsd: 0.0068 });
  expect(result.outcome).toBe('unsolved');
  expect(result.ledger.costUsd).toBeLessThanOrEqual(0.0068);
  expect(result.notes[0]).toMatch(/0 of 2 steps proved; step h3 is unproved \(stopped by cost\)/);
  expect(model.requests).toHaveLength(2);
});

test('cancelled in the middle of a step, the step ends too', async () => {
  const one = between('cancelled');
  model.push(sketchOf(one, HARD), { kind: 'hang', match: 'theorem cancelled_h3' });
  const handle = await start(inputFor(one));
  await model.arrived(3);
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow();
  await model.aborted(3);
  expect(await childrenOf('cancelled')).toMatchObject({ 's1.h3~1': 'CANCELLED' });
});

test('a worker that goes away and comes back goes on where it was', async () => {
  const one = between('resumed');
  model.push(sketchOf(one, HARD), { kind: 'hang', match: 'theorem resumed_h3' });
  const handle = await start(inputFor(one));
  await model.arrived(3);
  await workers.shutdown();
  model.reset([{ kind: 'proof', proof: '⟨42, by decide⟩', match: 'theorem resumed_h3' }], WRONG);
  workers = await startWork();
  expect(await handle.result()).toMatchObject({
    outcome: 'solved',
    notes: ['sketch 1: 2 of 2 steps proved'],
  });
  // The whole proof and the sketch are not asked again.
  expect(model.requests).toHaveLength(1);
}, 120_000);

test('a false theorem is refuted and no model is asked', async () => {
  const one = theorem('untrue', { statement: 'theorem untrue (a b : Nat) (h : a ≤ b) : a < b' });
  expect(await prove(one)).toMatchObject({
    outcome: 'refuted',
    refutation: { counterexample: 'a = 0, b = 0' },
  });
  expect(model.requests).toEqual([]);
});

test('cheats in a sketch come to nothing', async () => {
  const one = between('cheats');
  const text = (code: string): Step => ({
    kind: 'text',
    text: `\`\`\`lean4\n${code}\n\`\`\``,
    match: SKETCH,
  });
  model.push(
    text(`axiom cheat : False\n${one.statement} := by\n  have h3 : a ≤ c := by sorry\n  exact cheat.elim`),
    text(
      'theorem cheats (a b c : Nat) (h : a ≤ b) (h2 : b ≤ c) : a < c + 2 := by\n  have h3 : a ≤ c := by sorry\n  omega',
    ),
    text(`${one.statement} := by\n  have h3 : a < c + 1 := by sorry\n  exact h3`),
  );
  const result = await prove(one, { sketch: { count: 3, depth: 1 } });
  expect(result.outcome).toBe('unsolved');
  expect(result.notes[0]).toMatch(/axiom/);
  expect(result.notes[1]).toMatch(/states something else/);
  expect(result.notes[2]).toMatch(/the theorem itself/);
  expect(await childrenOf('cheats')).toEqual({});
});
