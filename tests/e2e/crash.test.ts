import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAlive } from '../../src/temporal/process-identity.ts';
import { expectExit, type Home, makeHome, startCli, untilOutput } from '../support/cli.ts';
import { type GeminiServer, type Step, startGeminiServer } from '../support/gemini-server.ts';
import { Commands, NO_LEMMAS, onlyRun, paidTwice, serverOf, timesAsked, writeSuite } from './support.ts';

const COUNT = 8;
const DELAY = 700;
const right: Step = { kind: 'proof', proof: 'by omega', delayMs: DELAY };
const wrongFor = (name: string): Step => ({
  ...right,
  kind: 'proof',
  proof: 'by rfl',
  match: `theorem ${name} `,
});

const ids = Array.from({ length: COUNT }, (_, i) => `c${i}`);
const ready = /Ready\./;

describe('a suite with a model, killed in the middle', () => {
  let home: Home;
  let gemini: GeminiServer;
  let suite: string;
  const commands = new Commands();
  const start = (...args: string[]) => commands.start(home, args);
  const bench = (...more: string[]) => [
    ...['bench', suite, '--provers', 'gemini', '-j', '3', ...NO_LEMMAS, ...more],
  ];

  beforeEach(async () => {
    gemini = await startGeminiServer([wrongFor('c1'), wrongFor('c4'), wrongFor('c6')], right);
    home = await makeHome(gemini.env());
    suite = await writeSuite(home, 'crash', COUNT);
  });

  afterEach(async () => {
    await commands.stop();
    await gemini.close();
    await home.remove();
  });

  const expectAllSolvedOnce = async (killedAt: number) => {
    const run = await onlyRun(home);
    expect(run.state).toBe('done');
    expect(run.results.map((r) => r.theoremId).sort()).toEqual(ids);
    expect(run.results.map((r) => r.outcome)).toEqual(ids.map(() => 'solved'));
    expect(paidTwice(gemini, killedAt)).toEqual([]);
    expect(Math.max(...timesAsked(gemini))).toBeLessThanOrEqual(2);
    // A first answer each, and a second where the first was wrong; repeats only for what was in flight.
    expect(gemini.requests.length).toBeGreaterThanOrEqual(COUNT + 3);
    expect(gemini.requests.length).toBeLessThanOrEqual(COUNT + 3 + 3);
  };

  it('goes on with another worker after kill -9 of the worker', async () => {
    const up = start('up');
    await untilOutput(up, 'stderr', ready);
    const { address } = await serverOf(home);
    // The worker of `up` and this one share the work; the one that is killed takes its part down with it.
    const worker = startCli(home, ['worker'], { env: { TEMPORAL_ADDRESS: address } });
    commands.add(worker);
    const run = start(...bench());
    await gemini.arrived(4);
    up.kill('SIGKILL');
    const killedAt = Date.now();
    await up;
    const result = await run;
    expect(result.stderr).not.toContain('    at ');
    expectExit(result, 0);
    await expectAllSolvedOnce(killedAt);
  }, 240_000);

  it('goes on after kill -9 of server and worker when both are started again', async () => {
    const up = start('up');
    await untilOutput(up, 'stderr', ready);
    const detached = await start(...bench('--detach'));
    expectExit(detached, 0);
    await gemini.arrived(5);
    const { process: server } = await serverOf(home);
    up.kill('SIGKILL');
    process.kill(server.pid, 'SIGKILL');
    const killedAt = Date.now();
    await up;
    const { runId } = await onlyRun(home);
    const attached = await start('attach', runId);
    expect(attached.stderr).not.toContain('    at ');
    expectExit(attached, 0);
    await expectAllSolvedOnce(killedAt);
    const after = await onlyRun(home);
    expect(after.runId).toBe(runId);
  }, 240_000);

  it('starts the server again when that alone is killed, and goes on', async () => {
    const run = start(...bench());
    await gemini.arrived(4);
    process.kill((await serverOf(home)).process.pid, 'SIGKILL');
    const killedAt = Date.now();
    const result = await run;
    expect(result.stderr).toContain('started again from its file');
    expectExit(result, 0);
    await expectAllSolvedOnce(killedAt);
  }, 240_000);

  it('keeps a run that Ctrl-C left, and `attach` ends it', async () => {
    const run = start(...bench());
    await gemini.arrived(2);
    const { process: server } = await serverOf(home);
    run.kill('SIGINT');
    const stopped = await run;
    const left = Date.now();
    expectExit(stopped, 130);
    const { runId } = await onlyRun(home);
    expect(stopped.stderr).toContain(`proofloop attach ${runId}`);
    expect(isAlive(server)).toBe(false);
    const attached = await start('attach', runId);
    expectExit(attached, 0);
    await expectAllSolvedOnce(left);
  }, 240_000);
});
