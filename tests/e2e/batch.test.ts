import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { expectExit, type Home, makeHome, startCli, untilOutput } from '../support/cli.ts';
import { type GeminiServer, startGeminiServer } from '../support/gemini-server.ts';
import { Commands, NO_LEMMAS, onlyRun, serverOf, writeConfig, writeSuite } from './support.ts';

const PRICE = { input: 0.75, output: 3.75 };

describe('a suite in batch jobs', () => {
  let home: Home;
  let gemini: GeminiServer;
  let suite: string;
  const commands = new Commands();
  const start = (...args: string[]) => commands.start(home, args);
  const bench = (...more: string[]) => [
    ...[
      'bench',
      suite,
      '--provers',
      'gemini',
      '--no-refute',
      '--batch',
      '--max-cost',
      '5',
      ...NO_LEMMAS,
      ...more,
    ],
  ];

  beforeEach(async () => {
    gemini = await startGeminiServer([
      { kind: 'proof', proof: 'by rfl', match: 'theorem c1 ' },
      { kind: 'status', status: 500, message: 'lost', match: 'theorem c2 ' },
    ]);
    home = await makeHome(gemini.env());
    await writeConfig(
      home,
      '[run]\nbatch_poll = "1s"\nbatch_linger = "20s"\n' +
        '[[prices]]\nmodel = "gemini-3.8-flash"\ninput = 0.75\noutput = 3.75\n',
    );
    suite = await writeSuite(home, 'batch', 5);
  });
  afterEach(async () => {
    await commands.stop();
    await gemini.close();
    await home.remove();
  });

  const expectSolved = async () => {
    const { results, state } = await onlyRun(home);
    expect(state).toBe('done');
    expect(results.map((r) => r.outcome)).toEqual(results.map(() => 'solved'));
    expect(results).toHaveLength(5);
    return results;
  };

  it('sends each round as one job at half the price, and singly what failed in it', async () => {
    const run = await start(...bench());
    expect(run.stderr).not.toContain('    at ');
    expectExit(run, 0);
    const results = await expectSolved();
    // Round 1 of all five; what failed there is asked singly; round 2 of the one that was refused.
    expect(gemini.batches.jobs.map((job) => job.requests.length)).toEqual([5, 1]);
    expect(gemini.requests).toHaveLength(1);
    expect(JSON.stringify(gemini.requests[0]?.body)).toContain('theorem c2 ');
    const spent = results.reduce((sum, r) => sum + (r.ledger.costUsd ?? 0), 0);
    expect(spent).toBeCloseTo(gemini.billed(PRICE), 9);
  }, 240_000);

  it('finds its job again after kill -9 of worker and server, and makes no second one', async () => {
    gemini.batches.setDelay(6_000);
    const up = start('up');
    await untilOutput(up, 'stderr', /Ready\./);
    expect((await start(...bench('--detach'))).exitCode).toBe(0);
    while (gemini.batches.jobs.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const { process: server } = await serverOf(home);
    up.kill('SIGKILL');
    process.kill(server.pid, 'SIGKILL');
    await up;
    gemini.batches.setDelay(0);
    const { runId } = await onlyRun(home);
    const attached = await start('attach', runId);
    expectExit(attached, 0);
    await expectSolved();
    const first = gemini.batches.jobs.filter((job) => job.requests.length === 5);
    expect(first).toHaveLength(1);
    expect(new Set(gemini.batches.jobs.map((job) => job.displayName)).size).toBe(gemini.batches.jobs.length);
  }, 240_000);

  it('is refused at the start where Vertex AI would be asked, in a dry run too, and nothing is sent', async () => {
    for (const more of [[], ['--dry-run']]) {
      const refused = await startCli(home, bench(...more), { env: gemini.env('vertex') });
      expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('BATCH_UNSUPPORTED')]);
      expect(refused.stderr).toContain('Cloud Storage bucket');
    }
    expect(gemini.requests).toHaveLength(0);
    expect(gemini.batches.jobs).toHaveLength(0);
  }, 120_000);

  it('cancels the job when the run is cancelled', async () => {
    gemini.batches.setDelay(600_000);
    const up = start('up');
    await untilOutput(up, 'stderr', /Ready\./);
    expect((await start(...bench('--detach'))).exitCode).toBe(0);
    while (gemini.batches.jobs.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const { runId } = await onlyRun(home);
    expect((await start('cancel', runId)).exitCode).toBe(0);
    expect(gemini.batches.jobs.map((job) => job.cancelled)).toEqual([true]);
  }, 240_000);
});
