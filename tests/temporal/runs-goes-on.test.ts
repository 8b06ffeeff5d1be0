import { expect, test } from '@jest/globals';
import { historyFromJson } from '../../src/temporal/history-json.ts';
import { cancelRun, RunFollower, startSuiteRun, waitForRun } from '../../src/temporal/runs.ts';
import { childIdFor } from '../../workflows/names.ts';
import { gate, judged } from '../support/activities.ts';
import { held } from '../support/held.ts';
import { runWorld, suiteRun } from '../support/run-context.ts';
import { theorems } from '../support/runs.ts';
import { answer, plan, proof } from '../support/theorems.ts';
import { untilCancelled } from '../support/until-cancelled.ts';

const { ctx, recorded } = runWorld();
const outcomes = (record: { results: readonly { theoremId: string; outcome: string }[] }) =>
  Object.fromEntries(record.results.map((r) => [r.theoremId, r.outcome]));

/** The first theorem is proved at once, the second by its fourth sample, the third by none. */
const bySample = (test: string) => {
  const asked: string[] = [];
  const noted = recorded(test, {
    generate: async ({ theorem, round, sample }) => {
      asked.push(`${theorem.id} ${round}.${sample}`);
      const good = theorem.id === `${test}.1` || (theorem.id === `${test}.2` && sample === 3);
      return answer(proof(good ? 'good' : `wrong ${round}.${sample}`));
    },
  });
  return { asked, noted };
};

test('a finished run that is asked for more samples goes on with the new ones of what is not solved', async () => {
  const { asked } = bySample('wider');
  const two = plan({ rounds: 1, samples: 2 });
  await startSuiteRun(ctx(), suiteRun('wider', 3, { plan: two }));
  const first = await waitForRun(ctx(), 'run-wider');
  expect(outcomes(first)).toEqual({ 'wider.1': 'solved', 'wider.2': 'unsolved', 'wider.3': 'unsolved' });
  expect((await startSuiteRun(ctx(), suiteRun('wider', 3, { plan: two }))).how).toBe('finished');
  asked.length = 0;

  const four = plan({ rounds: 1, samples: 4 });
  const elsewhere = { product: 'test', machine: 'another' };
  expect(
    await startSuiteRun(ctx(), suiteRun('wider', 3, { plan: four, provenance: elsewhere })),
  ).toMatchObject({
    how: 'started',
    goesOn: { kept: 1, again: 2, from: 'run-wider' },
  });
  const second = await waitForRun(ctx(), 'run-wider');
  expect(outcomes(second)).toEqual({ 'wider.1': 'solved', 'wider.2': 'solved', 'wider.3': 'unsolved' });
  expect(asked.sort()).toEqual(['wider.2 1.2', 'wider.2 1.3', 'wider.3 1.2', 'wider.3 1.3']);
  const last = second.results.find((r) => r.theoremId === 'wider.3');
  expect(last).toMatchObject({ attempts: 4, ledger: { modelCalls: 4 } });
  expect((await ctx().store.listAttempts('run-wider', 'wider.3')).map((a) => a.n)).toEqual([1, 2, 3, 4]);
  expect(second.plan.budget.samples).toBe(4);
  expect(second.provenance).toMatchObject({ product: 'test', continuedBy: 'machine: another' });
  // Each turn has a history of its own; that of the first is not lost when the second comes.
  const histories = await Promise.all(
    [0, 1].map(async (again) => ctx().store.getHistory(childIdFor('run-wider', 'wider.3', again))),
  );
  for (const history of histories) {
    expect(historyFromJson(history ?? '{}').events?.length).toBeGreaterThan(5);
    expect(history).toContain('wider.3');
  }
  expect(histories[0]).not.toEqual(histories[1]);
  // Fewer samples open nothing.
  expect((await startSuiteRun(ctx(), suiteRun('wider', 3, { plan: two }))).how).toBe('finished');
});

test('with all samples asked for, more of them are asked of solved theorems too, whose proofs stay', async () => {
  const { asked } = bySample('deeper');
  const all = (samples: number) => plan({ rounds: 2, samples }, { exhaust: true });
  await startSuiteRun(ctx(), suiteRun('deeper', 3, { plan: all(2) }));
  const first = await waitForRun(ctx(), 'run-deeper');
  expect(outcomes(first)).toEqual({ 'deeper.1': 'solved', 'deeper.2': 'unsolved', 'deeper.3': 'unsolved' });
  asked.length = 0;
  // The first has answered rightly so far; what it says from now on is wrong.
  recorded('deeper', {
    generate: async ({ theorem, round, sample }) => {
      asked.push(`${theorem.id} ${round}.${sample}`);
      return answer(proof(theorem.id === 'deeper.2' ? 'good' : `wrong ${round}.${sample}`));
    },
  });
  expect(await startSuiteRun(ctx(), suiteRun('deeper', 3, { plan: all(4) }))).toMatchObject({
    how: 'started',
    goesOn: { kept: 0, again: 3 },
  });
  const second = await waitForRun(ctx(), 'run-deeper');
  expect(outcomes(second)).toEqual({ 'deeper.1': 'solved', 'deeper.2': 'solved', 'deeper.3': 'unsolved' });
  expect(asked.filter((one) => one.startsWith('deeper.1')).sort()).toEqual(['deeper.1 1.2', 'deeper.1 1.3']);
  const [one] = second.results.filter((r) => r.theoremId === 'deeper.1');
  expect(one).toMatchObject({
    prover: 'model',
    submission: proof('good'),
    attempts: 4,
    ledger: { modelCalls: 4 },
  });
  expect(one?.submission).toEqual(first.results.find((r) => r.theoremId === 'deeper.1')?.submission);
  // More rounds, or the same samples, open nothing that is solved.
  expect((await startSuiteRun(ctx(), suiteRun('deeper', 3, { plan: all(4) }))).how).toBe('finished');
});

test('a raised limit of a run counts what it has bought, also where all of its theorems go on', async () => {
  const { asked } = bySample('dearer');
  const six = plan({ rounds: 6 });
  // Each round costs 0.01; the first theorem takes one, the second all that is left.
  const upTo = (costUsd: number, count: number) =>
    suiteRun('dearer', count, {
      plan: six,
      limits: { lanes: 1, costUsd },
    });
  await startSuiteRun(ctx(), upTo(0.035, 2));
  const first = await waitForRun(ctx(), 'run-dearer');
  expect(first.results.find((r) => r.theoremId === 'dearer.2')).toMatchObject({
    stoppedBy: 'cost',
    stoppedScope: 'run',
    ledger: { modelCalls: 2 },
  });
  expect(await startSuiteRun(ctx(), upTo(0.045, 2))).toMatchObject({
    how: 'started',
    goesOn: { kept: 1, again: 1 },
  });
  const second = await waitForRun(ctx(), 'run-dearer');
  expect(second.results.find((r) => r.theoremId === 'dearer.2')).toMatchObject({
    stoppedBy: 'cost',
    attempts: 3,
    ledger: { modelCalls: 3 },
  });
  expect(asked.sort()).toEqual(['dearer.1 1.0', 'dearer.2 1.0', 'dearer.2 2.0', 'dearer.2 3.0']);
});

test('a run of one theorem goes on where it stood when its limit is raised', async () => {
  const { asked } = bySample('single');
  const upTo = (costUsd: number) =>
    suiteRun('single', 3, {
      plan: plan({ rounds: 1, samples: 6 }),
      theorems: theorems('single', 3).slice(2),
      limits: { lanes: 1, costUsd },
    });
  await startSuiteRun(ctx(), upTo(0.025));
  await waitForRun(ctx(), 'run-single');
  expect(await startSuiteRun(ctx(), upTo(0.035))).toMatchObject({ goesOn: { kept: 0, again: 1 } });
  const record = await waitForRun(ctx(), 'run-single');
  expect(record.results).toMatchObject([{ stoppedBy: 'cost', attempts: 3, ledger: { modelCalls: 3 } }]);
  expect(asked.sort()).toEqual(['single.3 1.0', 'single.3 1.1', 'single.3 1.2']);
});

test('a cancelled run that is started again keeps what it had reached', async () => {
  const busy = gate();
  const noted = recorded('again', {
    verify: async ({ theorem, submission }) =>
      theorem.id === 'again.1' ? judged(submission.text, true) : untilCancelled(busy.resolve, () => {}),
  });
  await startSuiteRun(ctx(), suiteRun('again', 3, { limits: { lanes: 1, costUsd: null } }));
  await busy.promise;
  await cancelRun(ctx(), 'run-again');
  expect((await waitForRun(ctx(), 'run-again')).state).toBe('cancelled');
  const before = noted.generated.length;
  const rest = recorded('again');
  expect(await startSuiteRun(ctx(), suiteRun('again', 3))).toMatchObject({ goesOn: { kept: 1, again: 2 } });
  const record = await waitForRun(ctx(), 'run-again');
  expect(outcomes(record)).toEqual({ 'again.1': 'solved', 'again.2': 'solved', 'again.3': 'solved' });
  expect(before).toBe(2);
  expect(rest.generated.map((g) => g.theorem.id).sort()).toEqual(['again.2', 'again.3']);
});

test('of an amended suite only what changed is run; the rest keeps its outcomes, with a note', async () => {
  recorded('amended', {
    generate: async ({ theorem }) => answer(proof(theorem.id === 'amended.2' ? 'wrong' : 'good')),
  });
  const one = plan({ rounds: 1 });
  const provenance = { series: 'one suite' };
  const run = (runId: string, list: ReturnType<typeof theorems>) =>
    suiteRun('amended', 0, { runId, plan: one, provenance, theorems: list, amends: true });
  const before = theorems('amended', 3);
  await startSuiteRun(ctx(), run('run-amended', before));
  await waitForRun(ctx(), 'run-amended');
  const noted = recorded('amended');
  const [first, second, third] = before as [(typeof before)[0], (typeof before)[0], (typeof before)[0]];
  const changed = { ...third, statement: 'theorem amended.3 : 1 + 1 = 3' };
  const added = { ...first, id: 'amended.4', name: 'amended.4', statement: 'theorem amended.4 : 2 = 2' };
  expect(await startSuiteRun(ctx(), run('run-amended-r0001', [second, changed, added, first]))).toMatchObject(
    { how: 'started', goesOn: { kept: 2, again: 2, from: 'run-amended' } },
  );
  const record = await waitForRun(ctx(), 'run-amended-r0001');
  expect(noted.generated.map((g) => g.theorem.id).sort()).toEqual(['amended.3', 'amended.4']);
  expect(outcomes(record)).toEqual({
    'amended.1': 'solved',
    'amended.2': 'unsolved',
    'amended.3': 'solved',
    'amended.4': 'solved',
  });
  const kept = record.results.find((r) => r.theoremId === 'amended.2');
  expect(kept?.notes).toEqual(['taken from run run-amended: the theorem is the same']);
  expect(kept?.ledger.costUsd).toBe(0);
});

test('a follower is told of each result once, also when it comes again, and its counts are those of the run', async () => {
  const go = gate();
  recorded('follow', {
    generate: async ({ theorem }) => {
      if (theorem.id === 'follow.3') await held(go.promise);
      return answer(proof('good'));
    },
  });
  await startSuiteRun(ctx(), suiteRun('follow', 3));
  const follower = new RunFollower(ctx(), 'run-follow');
  const seen: string[] = [];
  let look = await follower.look();
  for (; seen.length + look.fresh.length < 2; look = await follower.look())
    seen.push(...look.fresh.map((r) => r.theoremId));
  seen.push(...look.fresh.map((r) => r.theoremId));
  expect(look.progress).toMatchObject({ state: 'running', total: 3 });
  go.resolve();
  await waitForRun(ctx(), 'run-follow');
  const last = await follower.look();
  expect(last.progress).toMatchObject({ state: 'done', outcomes: { solved: 3 }, running: [] });
  expect([...seen, ...last.fresh.map((r) => r.theoremId)].sort()).toEqual([
    'follow.1',
    'follow.2',
    'follow.3',
  ]);
});
