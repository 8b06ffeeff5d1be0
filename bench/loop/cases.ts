import { inWorld, type Side } from './world.ts';

/** The same theorems by the same simulated model, with something that saves requests and without it. */
export type Pair = { readonly saves: string; readonly with: Side; readonly without: Side };

export const pairs: Readonly<Record<string, (count: number) => Promise<Pair>>> = {
  repair: (count) =>
    inWorld({ steps: (i) => 2 + (i % 6), repairStep: 3 }, count, async ({ run }) => ({
      saves: 'repair: a refused proof and what Lean said of it go into the next prompt',
      with: await run('8 rounds of 1, each told of the last', ['--max-rounds', '8', '--prompt', 'short']),
      without: await run('8 samples that know of nothing', [
        ...['--max-rounds', '1', '--samples', '8', '--prompt', 'short', '--no-cache'],
      ]),
    })),

  cache: (count) =>
    inWorld({ steps: () => 9 }, count, async ({ run }) => {
      const flags = ['--max-rounds', '3', '--prompt', 'short'];
      await run('the first run', flags);
      return {
        saves: 'stored answers: the same suite once more',
        with: await run('--fresh', [...flags, '--fresh']),
        without: await run('--no-cache', [...flags, '--no-cache']),
      };
    }),

  joined: (count) =>
    inWorld({ steps: () => 99, delayMs: () => 500 }, count, async ({ run }) => {
      const flags = ['--max-rounds', '3', '--prompt', 'short'];
      return {
        saves: 'joined requests: two runs of one suite at the same time',
        with: await run('two runs that share the store', [...flags, '--fresh'], [...flags, '--fresh']),
        without: await run('two with --no-cache', [...flags, '--no-cache'], [...flags, '--no-cache']),
      };
    }),

  cancel: (count) =>
    inWorld({ steps: () => 1, delayMs: (nth) => (nth === 0 ? 200 : 8_000) }, count, async ({ run }) => {
      const side = await run('siblings cancelled', [
        '--max-rounds',
        '1',
        '--samples',
        '4',
        '--prompt',
        'short',
      ]);
      const perAnswer = side.outputTokens / Math.max(1, side.completed);
      return {
        saves:
          'early cancellation: the first accepted proof ends its siblings, the others would have taken 8 s',
        with: side,
        without: {
          ...side,
          what: 'all of them to their end (reckoned: each at the tokens of an answer)',
          completed: side.requests,
          outputTokens: side.requests * perAnswer,
        },
      };
    }),

  duplicates: (count) =>
    inWorld({ steps: (i) => 3 + (i % 4), repeats: true }, count, async ({ run }) => {
      const side = await run('proofs refused before are known', ['--max-rounds', '8', '--prompt', 'short']);
      return {
        saves: 'duplicates: every second wrong answer repeats the one before; Lean is spared the check',
        with: side,
        without: { ...side, what: 'each judged again (reckoned)', duplicates: 0 },
      };
    }),

  bandit: (count) =>
    inWorld({ steps: () => 4, likes: 'steps' }, count * 3, async ({ run }) => ({
      saves: 'adaptive prompts: the model likes one of four variants, and the default is another',
      with: await run('chosen by what won', ['--max-rounds', '6', '-j', '2']),
      without: await run('--prompt short', [
        '--max-rounds',
        '6',
        '-j',
        '2',
        '--prompt',
        'short',
        '--no-cache',
      ]),
    })),
};
