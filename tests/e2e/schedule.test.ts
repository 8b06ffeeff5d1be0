import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { predictionSchema, predictionsSchema } from '../../src/model/index.ts';
import { openStore } from '../../src/store/index.ts';
import { numbers, putFinished, resultOf } from '../predictor/support.ts';
import { type Home, jsonLines, makeHome, startCli, untilOutput } from '../support/cli.ts';
import { onlyRun, statements } from './support.ts';

const DIFFICULTIES = ['easy', 'hard', 'medium', 'very_hard'];

describe('the schedule of a suite, with real Lean', () => {
  let home: Home;
  let up: ReturnType<typeof startCli>;
  let suite: string;
  const bench = (...args: string[]) => startCli(home, ['bench', suite, '-j', '1', '--json', ...args]);
  const planOf = async (...args: string[]) => {
    const { stdout, exitCode } = await bench('--dry-run', ...args);
    expect(exitCode).toBe(0);
    const lines = jsonLines(stdout);
    const of = (type: string) => lines.filter((line) => line.type === type);
    return { planned: of('planned'), leftOut: of('leftOut'), plan: lines.at(-1)! };
  };

  const storeFile = () => join(home.dir, 'data', 'proofloop', 'store.db');

  beforeAll(async () => {
    home = await makeHome();
    suite = join(home.dir, 'mixed.jsonl');
    const rows = statements(8).map((t, i) => JSON.stringify({ ...t, difficulty: DIFFICULTIES[i % 4] }));
    await writeFile(suite, `${rows.join('\n')}\n`);
  });

  afterAll(async () => {
    up?.kill('SIGINT');
    await up;
    await home.remove();
  }, 60_000);

  it('a dry run needs neither server nor Lean nor model, says no data, and writes no run', async () => {
    const { planned, plan } = await planOf(
      '--temporal-cli',
      '/nowhere',
      '--lean-command',
      '/nowhere',
      '--provers',
      'local,gemini',
    );
    expect(planned.map((r) => r.theoremId)).toEqual(['c3', 'c7', 'c1', 'c5', 'c2', 'c6', 'c0', 'c4']);
    expect(planned.every((r) => r.prediction === null)).toBe(true);
    expect(plan).toMatchObject({ order: 'longest-first', unknown: 8, forecast: null, calls: 32 });
    expect((await startCli(home, ['ls'])).stdout).not.toContain('bench-mixed');
  });

  it('runs in the order that was asked, and the record names it', async () => {
    up = startCli(home, ['up']);
    await untilOutput(up, 'stderr', /Ready\./);
    const { stdout } = await bench('--order', 'easy-first');
    const results = jsonLines(stdout).filter((line) => line.type === 'theorem');
    const order = ['c0', 'c4', 'c2', 'c6', 'c1', 'c5', 'c3', 'c7'];
    expect(results.map((r) => r.theoremId)).toEqual(order);
    const run = await onlyRun(home);
    expect(run).toMatchObject({ theoremIds: order, provenance: { order: 'easy-first' } });
    expect((await startCli(home, ['show', run.runId])).stdout).toMatch(/order +easy-first/);
    const again = await bench('--order', 'value');
    expect(again.stderr).toContain('order: it had easy-first, this command asks value');
  }, 240_000);

  it('foretells from what was, and chooses for a time', async () => {
    // Too few theorems have been run here to learn from: 40 more, as a finished run of the same prover.
    const learned = await openStore(storeFile());
    const seed = numbers(40).map((n) => resultOf(n, { endedAt: Date.now() - 1_000_000 + n }));
    const { plan: asRun } = await onlyRun(home);
    await putFinished(learned, 'bench-seed-0', seed, { plan: asRun });
    await learned.close();

    const { planned, plan } = await planOf();
    const predictions = planned.map((r) => predictionSchema.parse(r.prediction));
    expect(predictions).toHaveLength(8);
    for (const { ms } of predictions) expect([ms.low <= ms.mean, ms.mean <= ms.high]).toEqual([true, true]);
    expect(plan).toMatchObject({ order: 'longest-first', unknown: 0, leftOut: 0 });
    const times = predictions.map(({ ms }) => ms.mean);
    expect(times).toEqual(times.toSorted((a, b) => b - a));

    const within = `${Math.ceil(times.reduce((sum, ms) => sum + ms, 0) / 2)}ms`;
    const half = await planOf('--within', within);
    expect(half.plan.order).toBe('value');
    expect(half.leftOut.length).toBeGreaterThan(0);
    expect(half.planned.length + half.leftOut.length).toBe(8);
    expect(half.leftOut.every((r) => r.why === 'room' || r.why === 'time')).toBe(true);

    const first = await bench('--within', within, '--no-cache');
    const launch = jsonLines(first.stdout)[0]!;
    expect(launch.total).toBe(half.planned.length);
    expect(first.stderr).toMatch(/Order value; expected: .* solved/);
    expect(first.stderr).toMatch(/Left out: .*c\d/);
    const store = await openStore(storeFile());
    try {
      const record = await store.getRun(String(launch.runId));
      expect(record).toMatchObject({ provenance: { order: 'value', within: expect.any(String) } });
      expect(record?.theoremIds).toEqual(half.planned.map((r) => r.theoremId));
      const text = await store.getText(record?.provenance.predictions ?? '');
      expect(Object.keys(predictionsSchema.parse(JSON.parse(text ?? '{}')))).toHaveLength(8);
    } finally {
      await store.close();
    }
  }, 240_000);
});
