import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import type { OrchestrationReport } from '../../bench/orchestration/measure.ts';
import { summarize } from '../../bench/orchestration/statistics.ts';

const script = fileURLToPath(new URL('../../bench/orchestration.ts', import.meta.url));

test('the bench of the orchestration runs as a whole and measures every row', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proofloop-bench-test-'));
  const out = join(folder, 'orchestration.json');
  try {
    const bench = await execa(
      process.execPath,
      [script, '--count', '2', '--lanes', '1,2', '--latency', '20', '--out', out],
      { timeout: 110_000 },
    );
    const report = JSON.parse(await readFile(out, 'utf8')) as OrchestrationReport;
    expect(report.rows.map((r) => [r.lanes, r.cache, r.per, r.overhead.n])).toEqual([
      [1, null, 'workflow', 2],
      [1, 'empty', 'attempt', 2],
      [1, 'warm', 'theorem', 2],
      [2, null, 'workflow', 2],
      [2, 'empty', 'attempt', 2],
      [2, 'warm', 'theorem', 2],
    ]);
    for (const row of report.rows) expect(row.overhead.p50).toBeGreaterThan(0);
    const [, empty, warm] = report.rows;
    expect(Object.keys(empty?.parts.activities ?? {})).toEqual(
      expect.arrayContaining(['generate', 'verify']),
    );
    expect(Object.keys(warm?.parts.activities ?? {})).not.toContain('generate');
    expect(bench.stdout).toContain('proofloop');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('percentiles are nearest-rank, and nothing has none', () => {
  const summary = summarize(Array.from({ length: 20 }, (_, i) => 20 - i));
  expect(summary).toEqual({ n: 20, mean: 10.5, p50: 10, p95: 19, max: 20 });
  expect(summarize([]).p50).toBeNaN();
});
