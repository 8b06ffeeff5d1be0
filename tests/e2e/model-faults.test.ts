import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectExit, type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';
import { type GeminiServer, type Step, startGeminiServer } from '../support/gemini-server.ts';
import { NO_LEMMAS, onlyRun, writeConfig, writeSuite } from './support.ts';

/** The first thing that each theorem's first request meets; after it the server gives a right proof. */
const FIRST: readonly Step[] = [
  { kind: 'status', status: 429, retryDelay: '1s' },
  { kind: 'status', status: 500 },
  { kind: 'hang' },
  { kind: 'reset' },
  { kind: 'html', status: 503 },
  { kind: 'empty', finish: 'MAX_TOKENS' },
  { kind: 'blocked', reason: 'PROHIBITED_CONTENT' },
  { kind: 'proof', proof: 'by rfl' },
];

describe('a run whose model fails in every way once', () => {
  let home: Home;
  let gemini: GeminiServer;
  let stdout: string;
  let exitCode: number | undefined;

  beforeAll(async () => {
    gemini = await startGeminiServer(
      FIRST.map((step, i) => ({ ...step, match: `theorem c${i} ` })),
      { kind: 'proof', proof: 'by omega' },
    );
    home = await makeHome(gemini.env());
    await writeConfig(home, '[provers.quick]\nkind = "gemini"\nmodel = "gemini-3.8-flash"\ntimeout = "2s"\n');
    const suite = await writeSuite(home, 'faults', FIRST.length);
    const run = await startCli(home, [
      'bench',
      suite,
      '--provers',
      'quick',
      '--json',
      '-j',
      '4',
      ...NO_LEMMAS,
    ]);
    ({ stdout, exitCode } = run);
  }, 240_000);

  afterAll(async () => {
    await gemini.close();
    await home.remove();
  });

  it('solves every theorem, since each fault is tried again or asked differently', async () => {
    expect(exitCode).toBe(0);
    const { results } = await onlyRun(home);
    expect(Object.fromEntries(results.map((r) => [r.theoremId, r.outcome]))).toEqual(
      Object.fromEntries(FIRST.map((_, i) => [`c${i}`, 'solved'])),
    );
  });

  it('counts an unusable answer and a refused proof as attempts, a fault of the provider not', async () => {
    const { results } = await onlyRun(home);
    const attempts = new Map(results.map((r) => [r.theoremId, r.attempts]));
    for (const i of [0, 1, 2, 3, 4]) expect([`c${i}`, attempts.get(`c${i}`)]).toEqual([`c${i}`, 1]);
    for (const i of [5, 6, 7]) expect([`c${i}`, attempts.get(`c${i}`)]).toEqual([`c${i}`, 2]);
  });

  it('asks each theorem twice and no more', () => {
    for (let i = 0; i < FIRST.length; i++)
      expect(gemini.requests.filter((r) => JSON.stringify(r.body).includes(`theorem c${i} `))).toHaveLength(
        2,
      );
  });

  it('waits as long as the provider asked', () => {
    const [limited, again] = gemini.requests.filter((r) => JSON.stringify(r.body).includes('theorem c0 '));
    expect(again!.at - limited!.at).toBeGreaterThanOrEqual(1000);
  });

  it('writes JSON lines only: a launch record first, a done record last', () => {
    const lines = jsonLines(stdout);
    expect(lines[0]).toMatchObject({ type: 'launch' });
    expect(lines.at(-1)).toMatchObject({ type: 'done' });
  });

  it('repeats the failed wrong proof to the model with what Lean said of it', () => {
    const repair = gemini.requests.filter((r) => JSON.stringify(r.body).includes('theorem c7 '))[1]!;
    expect(repair.user).toContain('rfl');
  });
});

describe('a model that refuses the key', () => {
  let home: Home;
  let gemini: GeminiServer;

  beforeAll(async () => {
    gemini = await startGeminiServer([], { kind: 'status', status: 403, message: 'API key not valid.' });
    home = await makeHome(gemini.env());
  });
  afterAll(async () => {
    await gemini.close();
    await home.remove();
  });

  it('ends the theorem as an error that names the cause, and asks once', async () => {
    const suite = await writeSuite(home, 'refused', 1);
    const run = await startCli(home, [
      'bench',
      suite,
      '--provers',
      'local,gemini',
      '--id',
      'c0',
      '--max-rounds',
      '2',
    ]);
    // The local prover closes it, so no model is asked at all.
    expectExit(run, 0);
    expect(gemini.requests).toHaveLength(0);
    const alone = await startCli(home, [
      'bench',
      suite,
      '--provers',
      'gemini',
      '--no-cache',
      '--json',
      ...NO_LEMMAS,
    ]);
    expect(alone.exitCode).not.toBe(0);
    expect(gemini.requests).toHaveLength(1);
    const failed = jsonLines(alone.stdout).find((l) => l.outcome === 'error' || l.type === 'theorem');
    expect(failed).toMatchObject({ outcome: 'error' });
    expect(alone.stdout + alone.stderr).not.toContain('AIzaScriptedKey');
  }, 240_000);
});
