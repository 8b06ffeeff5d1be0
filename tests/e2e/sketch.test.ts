import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/index.ts';
import { expectExit, type Home, makeHome, untilOutput } from '../support/cli.ts';
import { type GeminiServer, type Step, startGeminiServer } from '../support/gemini-server.ts';
import { Commands, NO_LEMMAS, onlyRun, paidTwice, serverOf, timesAsked, writeConfig } from './support.ts';

const STATEMENT = 'theorem k (a b c : Nat) (h : a ≤ b) (h2 : b ≤ c) : a < c + 1';
/** Steps that no automation closes: a witness has to be named. */
const WITNESSES = {
  h3: '∃ n : Nat, n * n * n - 7 * n = 73794 ∧ n % 2 = 0',
  h5: '∃ n : Nat, n * n * n - 9 * n = 73710 ∧ n % 2 = 0',
};
const SKETCH = `${STATEMENT} := by
  have h3 : ${WITNESSES.h3} := by sorry
  have h5 : ${WITNESSES.h5} := by sorry
  have h4 : a ≤ c := by sorry
  omega`;

const script: readonly Step[] = [
  { kind: 'text', text: `\`\`\`lean4\n${SKETCH}\n\`\`\``, match: 'Write the proof as a sketch' },
  { kind: 'proof', proof: '⟨42, by decide⟩', match: 'theorem k_h3' },
  // Held back until the worker has been killed; the request is sent again by the next one.
  { kind: 'proof', proof: '⟨42, by decide⟩', match: 'theorem k_h5', delayMs: 60_000 },
  { kind: 'proof', proof: '⟨42, by decide⟩', match: 'theorem k_h5' },
];

describe('a proof in steps, killed in the middle of a step', () => {
  let home: Home;
  let gemini: GeminiServer;
  let suite: string;
  const commands = new Commands();
  const start = (...args: string[]) => commands.start(home, args);

  beforeEach(async () => {
    gemini = await startGeminiServer(script, { kind: 'proof', proof: 'by rfl' });
    home = await makeHome(gemini.env());
    await writeConfig(home, '[[prices]]\nmodel = "gemini-3.8-flash"\ninput = 0.75\noutput = 3.75\n');
    suite = join(home.dir, 'steps.jsonl');
    await writeFile(suite, `${JSON.stringify({ id: 'k', name: 'k', statement: STATEMENT })}\n`);
  });
  afterEach(async () => {
    await commands.stop();
    await gemini.close();
    await home.remove();
  });

  /** Requests about the steps, by the end of the step's name. */
  const askedFor = (step: string) => gemini.requests.filter((r) => r.user.includes(`theorem k_${step}`));

  /** Resolves when an attempt under that id is in the store. */
  const untilAttempted = async (runId: string, id: string): Promise<void> => {
    const store = await openStore(join(home.dir, 'data', 'proofloop', 'store.db'));
    try {
      while ((await store.listAttempts(runId, id)).length === 0) await setTimeout(100);
    } finally {
      await store.close();
    }
  };

  it('goes on after kill -9 of worker and server, and asks nothing twice that was answered', async () => {
    const up = start('up');
    await untilOutput(up, 'stderr', /Ready\./);
    const args = [
      '--provers',
      'gemini',
      '--max-rounds',
      '1',
      '--sketch',
      '1',
      '--max-cost',
      '5',
      ...NO_LEMMAS,
    ];
    expect((await start('bench', suite, ...args, '--detach')).exitCode).toBe(0);
    // The whole proof, the sketch, and both steps that the local prover leaves.
    await gemini.arrived(4);
    const { runId } = await onlyRun(home);
    await untilAttempted(runId, 'k.s1.h3+1');
    const { process: server } = await serverOf(home);
    up.kill('SIGKILL');
    process.kill(server.pid, 'SIGKILL');
    const killedAt = Date.now();
    await up;
    const attached = await start('attach', runId);
    expect(attached.stderr).not.toContain('    at ');
    expectExit(attached, 0);
    const [result] = (await onlyRun(home)).results;
    expect(result).toMatchObject({
      outcome: 'solved',
      verdict: { status: 'accepted', assurance: { fresh: true, kernelReplay: true } },
      notes: ['sketch 1: 3 of 3 steps proved'],
    });
    expect(result?.submission?.text).not.toContain('sorry');
    // What was answered is not asked again; what was in flight is, once.
    expect([askedFor('h3').length, askedFor('h5').length]).toEqual([1, 2]);
    expect(paidTwice(gemini, killedAt)).toEqual([]);
    expect(Math.max(...timesAsked(gemini))).toBeLessThanOrEqual(2);
    expect(gemini.requests).toHaveLength(5);

    const logs = await start('logs', runId, '--json');
    const ids = logs.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { theoremId: string }).theoremId);
    expect([...new Set(ids)].sort()).toEqual([
      'k',
      'k.s1.h3',
      'k.s1.h3+1',
      'k.s1.h4',
      'k.s1.h5',
      'k.s1.h5+1',
    ]);
    const one = await start('logs', `${runId}/k/s1.h3~1`);
    expect(one.stdout).toContain('⟨42, by decide⟩');
    expect(one.stdout).not.toContain('k.s1.h5');
    expect((await start('logs', `${runId}/k.s1.nowhere`)).exitCode).toBe(1);
  }, 600_000);
});
