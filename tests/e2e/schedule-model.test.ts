import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { predictionSchema, type RunRecord, type TheoremResult } from '../../src/model/index.ts';
import { openStore } from '../../src/store/index.ts';
import { numbers, putFinished, resultOf } from '../predictor/support.ts';
import { run as sampleRun } from '../store/samples.ts';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';
import { type GeminiServer, startGeminiServer } from '../support/gemini-server.ts';
import { statements, writeConfig } from './support.ts';

/** What the older records say: a hard theorem takes twenty times the tokens of an easy one. */
const TOKENS = { easy: 1_000, hard: 20_000 } as const;
const USD_A_TOKEN = 1e-6;
/** Minutes for what takes seconds, so that no busy machine makes a limit of time bind. */
const SLOW = 100;

/** A record of a model's work on theorem `n` of the predictor's tests, of which the even ones are easy. */
const paid = (n: number): TheoremResult => {
  const one = resultOf(n, { endedAt: Date.now() - 1_000_000 + n });
  const tokens = TOKENS[n % 2 === 0 ? 'easy' : 'hard'];
  const ms = one.ledger.leanMs * SLOW;
  const ledger = { ...one.ledger, leanMs: ms, totalMs: ms + 1, modelCalls: 1 };
  return {
    ...one,
    ledger: { ...ledger, inputTokens: tokens, outputTokens: 0, costUsd: tokens * USD_A_TOKEN },
  };
};

const { plan: anyPlan } = sampleRun('any');
const asRun: Partial<RunRecord> = {
  plan: { ...anyPlan, provers: ['quick'], budget: { ...anyPlan.budget, rounds: 1, samples: 1 } },
};

describe('a suite of which a limit leaves a part, with a model that costs money and real Lean', () => {
  let home: Home;
  let gemini: GeminiServer;
  let suite: string;
  const bench = (...args: string[]) =>
    startCli(home, ['bench', suite, '-j', '1', '--json', '--provers', 'quick', '--max-rounds', '1', ...args]);
  const planOf = async (...args: string[]) => {
    const { stdout, exitCode } = await bench('--dry-run', ...args);
    expect(exitCode).toBe(0);
    const lines = jsonLines(stdout);
    const of = (type: string) => lines.filter((line) => line.type === type);
    const expected = (rows: readonly Record<string, unknown>[]) =>
      rows.map((row) => predictionSchema.parse(row.prediction));
    return { planned: of('planned'), leftOut: of('leftOut'), plan: lines.at(-1)!, expected };
  };
  const idsOf = (rows: readonly Record<string, unknown>[]) => rows.map((row) => String(row.theoremId));
  const asked = () => [...new Set(gemini.requests.map(({ user }) => /theorem (c\d+) /.exec(user)?.[1]))];
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

  beforeEach(async () => {
    gemini = await startGeminiServer();
    home = await makeHome(gemini.env());
    await writeConfig(
      home,
      '[provers.quick]\nkind = "gemini"\nmodel = "gemini-3.8-flash"\nmax_output_tokens = 1000\n' +
        '[[prices]]\nmodel = "gemini-3.8-flash"\ninput = 0.75\noutput = 3.75\n',
    );
    suite = join(home.dir, 'mixed.jsonl');
    const rows = statements(8).map((t, i) => ({ ...t, difficulty: i % 2 === 0 ? 'easy' : 'hard' }));
    await writeFile(suite, rows.map((t) => `${JSON.stringify({ ...t, category: 'arithmetic' })}\n`).join(''));
    const store = await openStore(join(home.dir, 'data', 'proofloop', 'store.db'));
    await putFinished(store, 'bench-seed-0', numbers(40).map(paid), asRun);
    await store.close();
  });
  afterEach(async () => {
    await gemini.close();
    await home.remove();
  });

  /** The run of what a plan took: only that is asked, and the record and the words say what was left. */
  const expectRun = async (planned: readonly string[], ...args: string[]): Promise<RunRecord> => {
    const { stdout, stderr } = await bench(...args);
    const lines = jsonLines(stdout);
    expect(lines[0]).toMatchObject({ type: 'launch', total: planned.length });
    expect(lines.at(-1)).toMatchObject({ type: 'done', solved: planned.length, exitCode: 0 });
    expect(asked().sort()).toEqual(planned.toSorted());
    expect(stderr).toMatch(/Left out: c\d/);
    const store = await openStore(join(home.dir, 'data', 'proofloop', 'store.db'));
    try {
      const record = await store.getRun(String(lines[0]!.runId));
      expect(record?.theoremIds).toEqual(planned);
      expect(record?.provenance.leftOut).toBe(`${8 - planned.length} of 8 theorems`);
      return record!;
    } finally {
      await store.close();
    }
  };

  it('under a money limit it takes what is expected to bring most for it, and spends no more', async () => {
    const all = await planOf('--max-cost', '9');
    expect([all.planned.length, all.leftOut.length]).toEqual([8, 0]);
    const costs = all.expected(all.planned).map(({ usd }) => usd!.mean);
    expect(Math.max(...costs)).toBeGreaterThan(4 * Math.min(...costs));
    const limit = Number((sum(costs) * 0.6).toFixed(4));
    const { planned, leftOut, plan, expected } = await planOf('--max-cost', String(limit));
    expect(plan).toMatchObject({ order: 'value', leftOut: leftOut.length });
    expect(leftOut.length).toBeGreaterThan(0);
    expect(planned.length + leftOut.length).toBe(8);
    expect(leftOut.every((row) => row.why === 'room' || row.why === 'money')).toBe(true);
    expect(sum(expected(planned).map(({ usd }) => usd!.mean))).toBeLessThanOrEqual(limit);
    expect(gemini.requests).toEqual([]);

    const record = await expectRun(idsOf(planned), '--max-cost', String(limit));
    const spent = sum(record.results.map((r) => r.ledger.costUsd ?? Number.NaN));
    expect(spent).toBeGreaterThan(0);
    expect(spent).toBeLessThanOrEqual(limit);
    expect(record.limits.costUsd).toBe(limit);

    // What was learned since leaves nothing out any more; the same command still finds its run.
    const store = await openStore(join(home.dir, 'data', 'proofloop', 'store.db'));
    const cheap = (n: number) => ({ ...paid(2 * n), theoremId: `t${n}` });
    for (const i of [1, 2]) await putFinished(store, `bench-seed-${i}`, numbers(40).map(cheap), asRun);
    await store.close();
    expect(await planOf('--max-cost', String(limit))).toMatchObject({ leftOut: [] });
    const before = gemini.requests.length;
    const again = jsonLines((await bench('--max-cost', String(limit))).stdout);
    expect(again[0]).toMatchObject({ runId: record.runId });
    expect(again.at(-1)).toMatchObject({ type: 'done', solved: planned.length, exitCode: 0 });
    expect(gemini.requests).toHaveLength(before);
  }, 300_000);

  it('within a time it takes what is expected to bring most in it', async () => {
    const all = await planOf('--max-cost', '9');
    const within = `${Math.ceil(sum(all.expected(all.planned).map(({ ms }) => ms.mean)) * 0.6)}ms`;
    const { planned, leftOut } = await planOf('--max-cost', '9', '--within', within);
    expect(leftOut.length).toBeGreaterThan(0);
    expect(leftOut.every((row) => row.why === 'room' || row.why === 'time')).toBe(true);
    const record = await expectRun(idsOf(planned), '--max-cost', '9', '--within', within);
    expect(record.provenance).toMatchObject({ order: 'value', within: expect.any(String) });
  }, 300_000);
});
