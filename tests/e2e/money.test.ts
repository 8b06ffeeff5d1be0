import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/index.ts';
import { type Home, makeHome, untilOutput } from '../support/cli.ts';
import { type GeminiServer, type Step, startGeminiServer } from '../support/gemini-server.ts';
import { Commands, onlyRun, serverOf, writeConfig, writeSuite } from './support.ts';

const PRICE = { input: 0.75, output: 3.75 };
const LIMIT = 0.2;
/** Nearly all that a request may take: 1,200 tokens in and 3,900 of 4,000 out. */
const usage = { prompt: 1_200, output: 1_000, thoughts: 2_900 };
let wrongs = 0;
const wrong = (more: Partial<Step> = {}): Step =>
  ({ kind: 'proof', proof: `by exact wrong_${wrongs++}`, usage, delayMs: 300, ...more }) as Step;

const MIX: readonly Step[] = [
  wrong(),
  { kind: 'hang' },
  wrong(),
  { kind: 'status', status: 429, retryDelay: '1s' },
  wrong(),
  { kind: 'reset', midBody: true },
  wrong(),
  { kind: 'status', status: 503 },
  { kind: 'hang' },
];

describe('a run with a money limit, at a provider that bills what it generates, also for clients that have gone', () => {
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
      'quick',
      '--no-refute',
      '-j',
      '4',
      '--samples',
      '3',
      '--max-rounds',
      '6',
    ],
    ...['--max-cost', `${LIMIT}`, ...more],
  ];

  beforeEach(async () => {
    gemini = await startGeminiServer(MIX, wrong());
    home = await makeHome(gemini.env());
    await writeConfig(
      home,
      '[provers.quick]\nkind = "gemini"\nmodel = "gemini-3.8-flash"\ntimeout = "2s"\nmax_output_tokens = 4000\n' +
        '[[prices]]\nmodel = "gemini-3.8-flash"\ninput = 0.75\noutput = 3.75\n',
    );
    suite = await writeSuite(home, 'money', 8);
  });
  afterEach(async () => {
    await commands.stop();
    await gemini.close();
    await home.remove();
  });

  /** What the run says it has spent, with what it does not know for sure at its upper bound. */
  const spentOf = async (): Promise<number> => {
    const { results } = await onlyRun(home);
    return results.reduce((sum, r) => sum + (r.ledger.costUsd ?? 0), 0);
  };

  const expectWithin = async () => {
    const billed = gemini.billed(PRICE);
    const spent = await spentOf();
    expect(billed).toBeGreaterThan(0);
    expect(billed).toBeLessThanOrEqual(spent + 1e-9);
    expect(spent).toBeLessThanOrEqual(LIMIT + 1e-9);
    const { results, state } = await onlyRun(home);
    expect(state).toBe('done');
    expect(results).toHaveLength(8);
    for (const r of results) {
      expect(r.outcome).toBe('unsolved');
      if (r.stoppedBy === 'cost') expect(r.stoppedScope).toBe('run');
    }
    expect(results.some((r) => r.stoppedBy === 'cost')).toBe(true);
  };

  it('is never billed more, whatever goes wrong', async () => {
    const run = await start(...bench());
    expect(run.stderr).not.toContain('    at ');
    await expectWithin();
    expect(run.stdout + run.stderr).toContain('money limit of the run');
  }, 240_000);

  it('is never billed more when workers and server are killed in between', async () => {
    const up = start('up');
    await untilOutput(up, 'stderr', /Ready\./);
    expect((await start(...bench('--detach'))).exitCode).toBe(0);
    await gemini.arrived(3);
    const { process: server } = await serverOf(home);
    up.kill('SIGKILL');
    process.kill(server.pid, 'SIGKILL');
    await up;
    const { runId } = await onlyRun(home);
    const again = start('attach', runId);
    await gemini.arrived(6);
    again.kill('SIGKILL');
    await again;
    await start('attach', runId);
    await expectWithin();
    // The answer to each request is in the store or its reserve was kept: nothing that was committed was asked again.
    const store = await openStore(join(home.dir, 'data', 'proofloop', 'store.db'));
    try {
      const { theoremIds } = await onlyRun(home);
      for (const id of theoremIds) {
        const attempts = await store.listAttempts(runId, id);
        expect(attempts.map((a) => a.n)).toEqual(attempts.map((_, i) => i + 1));
      }
    } finally {
      await store.close();
    }
  }, 240_000);
});
