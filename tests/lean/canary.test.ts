import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LeanBackend } from '../../lean/backend.ts';
import { CHEATS, judgeCanary } from '../../lean/canary.ts';
import { createEmbeddedBackend } from '../../lean/embedded/backend.ts';
import { createPool } from '../../lean/pool/pool.ts';
import type { LeanService } from '../../lean/service.ts';
import type { Verdict } from '../../src/model/index.ts';
import { LEAN_CACHE } from '../support/lean-cache.ts';
import { accepted, rejected } from '../support/theorems.ts';
import { delegate, fixtureBackend, withoutBubblewrap } from './repl/support.ts';

const OPTIONS = { wallMs: 1000, heartbeats: 1 };

/** What becomes of the verdict on a text; the real one stands where nothing is said. */
type Say = (text: string, real: Verdict) => Verdict;
const honest: Say = (_, real) => real;
let say = honest;

/** The embedded Lean with a checker that says what a test has it say. */
const breakable = (real: LeanBackend): LeanBackend => ({
  identity: () => real.identity(),
  close: () => real.close(),
  start: async (options) => {
    const instance = await real.start(options);
    return delegate(instance, {
      check: async (request, signal) => say(request.submission.text, await instance.check(request, signal)),
    });
  },
});

let lean: LeanService;
beforeAll(() => {
  lean = createPool({ backend: breakable(createEmbeddedBackend({ cacheDir: LEAN_CACHE })), slots: 1 });
});
afterAll(() => lean.close());

const judge = (by: Say, header = '') => {
  say = by;
  return judgeCanary(lean, { header, options: OPTIONS });
};

test.each([['no header'], ['import Std\n'], ['import NoSuchModule\n'], ['prelude\n']])(
  'the embedded Lean passes with %j, whatever small limits the run has',
  async (header) => {
    const canary = await judge(honest, header === 'no header' ? '' : header);
    expect(canary).toMatchObject({
      outcome: 'passed',
      truth: 'accepted',
      lean: '4.28.0',
      backend: 'embedded',
    });
    expect(canary.cheats.map((cheat) => cheat.name)).toEqual(CHEATS.map((cheat) => cheat.name));
    expect(canary.cheats.filter((c) => !/rejected|incomplete|dishonest/.test(c.status))).toEqual([]);
  },
);

describe('a broken checker is found out:', () => {
  test('one that accepts everything', async () => {
    const canary = await judge(() => accepted);
    expect(canary.outcome).toBe('accepted the false');
    expect(canary.cheats.every((cheat) => cheat.status === 'accepted')).toBe(true);
  });

  test.each(CHEATS.map(({ name, submission }) => [name, submission.text] as const))(
    'one that is fooled by one cheat only: %s',
    async (name, text) => {
      const canary = await judge((asked, real) => (asked === text ? accepted : real));
      expect(canary.outcome).toBe('accepted the false');
      expect(canary.cheats.filter((c) => c.status === 'accepted').map((c) => c.name)).toEqual([name]);
    },
  );

  test('one that refuses everything', async () => {
    expect(await judge(() => rejected())).toMatchObject({ outcome: 'refused the true' });
  });

  test('one that ends at everything', async () => {
    const crashed: Verdict = { status: 'crashed', detail: 'x', ms: 1 };
    expect(await judge(() => crashed)).toMatchObject({
      outcome: 'refused the true',
      truth: 'crashed',
    });
  });
});

describe('a truth that nobody has judged is tried again:', () => {
  const late: Verdict = { status: 'timeout', limitMs: 1, ms: 1 };
  /** Late for so many checks, then as the other says. */
  const lateFor = (checks: number, then: Say): Say => {
    let left = checks;
    return (text, real) => (text.includes('helper (n : Nat)') && left-- > 0 ? late : then(text, real));
  };

  test('it passes when one of three tries is in time', async () => {
    expect(await judge(lateFor(2, honest))).toMatchObject({ outcome: 'passed', truth: 'accepted' });
  });

  test('three that are late count as refused, and the result says why', async () => {
    expect(await judge(lateFor(3, honest))).toMatchObject({ outcome: 'refused the true', truth: 'timeout' });
  });

  test('a refusal is not asked about twice', async () => {
    let asked = 0;
    const refusing: Say = (text, real) => {
      if (!text.includes('helper (n : Nat)')) return real;
      asked += 1;
      return rejected();
    };
    expect(await judge(refusing)).toMatchObject({ outcome: 'refused the true', truth: 'rejected' });
    expect(asked).toBe(1);
  });
});

describe('behind the protocol of the repl', () => {
  withoutBubblewrap();

  test('a command that finds no error in anything is found out', async () => {
    const repl = createPool({ backend: fixtureBackend(), slots: 1 });
    const canary = await judgeCanary(repl, { header: '', options: OPTIONS });
    await repl.close();
    expect(canary).toMatchObject({ outcome: 'accepted the false', truth: 'accepted' });
    expect(canary.cheats).toContainEqual({ name: 'a wrong tactic', status: 'accepted' });
  });
});
