import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LeanInstance } from '../../../lean/backend.ts';
import { refusedToken } from '../../../lean/check/refuse.ts';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import { tokenize } from '../../../src/lean-text/lexer.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { allCases } from './support/cases.ts';
import { summary } from './support/summary.ts';

const texts = [...allCases('attacks'), ...allCases('honest')]
  .map((c) => c.request.submission.text)
  // What is never closed swallows whatever is put behind it.
  .filter((text) => tokenize(text).every((t) => t.kind !== 'error'));
const refusedWord = (text: string): string | null => refusedToken(text)?.token ?? null;

describe('what is refused does not depend on', () => {
  /** Offsets of white space between two tokens, where more of it or a comment changes nothing for Lean's lexer. */
  const gaps = (text: string): number[] => {
    const tokens = tokenize(text);
    return tokens.flatMap((t, i) => {
      const next = tokens[i + 1];
      return next !== undefined && next.start > t.end ? [t.end] : [];
    });
  };
  const filler = fc.constantFrom(
    ' ',
    '\n',
    '\n\n  ',
    ' /- x -/ ',
    ' /- a /- b -/ -/\n',
    ' -- y\n',
    ' -- axiom "\n',
  );

  test('white space and comments between tokens', () => {
    const spliced = fc.constantFrom(...texts).chain((text) => {
      const at = gaps(text);
      const cuts = fc.array(fc.tuple(fc.constantFrom(...(at.length > 0 ? at : [text.length])), filler), {
        maxLength: 6,
      });
      return cuts.map((list) => {
        const sorted = list.toSorted(([a], [b]) => b - a);
        return { text, other: sorted.reduce((t, [i, f]) => t.slice(0, i) + f + t.slice(i), text) };
      });
    });
    fc.assert(
      fc.property(spliced, ({ text, other }) => expect(refusedWord(other)).toBe(refusedWord(text))),
      { numRuns: 1_000 },
    );
  });

  const words = fc.constantFrom(
    ...'axiom sorry elab run_cmd #eval unsafe native_decide import initialize set_option simproc'.split(' '),
    'Lean.Elab',
    'debug.skipKernelTC',
    '@[extern]',
    'ofReduceBool',
  );
  const honest = allCases('honest').map((c) => c.request.submission.text);

  test('words in comments, doc comments, strings and guillemets', () => {
    const hidden = fc
      .tuple(fc.array(words, { minLength: 1, maxLength: 4 }), fc.nat(4))
      .map(([list, form]) => {
        const said = list.join(' ');
        return [
          ` -- ${said}\n`,
          ` /- ${said} -/ `,
          `\n/-- ${said} -/\n`,
          ` "${said}" `,
          ` «a ${list[0]!.replaceAll('.', ' ')}» `,
        ][form]!;
      });
    fc.assert(
      fc.property(fc.constantFrom(...honest), hidden, (text, more) => {
        expect(refusedWord(text + more)).toBe(refusedWord(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test('an honest text with a refused word behind it is refused for that word', () => {
    const commands = fc.constantFrom(
      'run_cmd x',
      'axiom a : False',
      'elab "x" : term => y',
      '#eval 1',
      'initialize x',
    );
    fc.assert(
      fc.property(fc.constantFrom(...honest), commands, filler, (text, command, gap) => {
        fc.pre(refusedWord(text) === null);
        expect(refusedWord(`${text}\n${gap}${command}`)).toBe(command.split(' ')[0]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('statements are the same', () => {
  let backend: EmbeddedBackend;
  let instance: LeanInstance;
  beforeAll(async () => {
    backend = createEmbeddedBackend({ cacheDir: LEAN_CACHE });
    instance = await backend.start();
  });
  afterAll(() => backend.close());

  const { statement } = fc.letrec<{ term: string; statement: string }>((tie) => ({
    term: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.constantFrom('a', 'b', '0', '1'),
      fc
        .tuple(tie('term'), fc.constantFrom('+', '*', '-'), tie('term'))
        .map(([x, o, y]) => `(${x} ${o} ${y})`),
    ),
    statement: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc
        .tuple(tie('term'), fc.constantFrom('=', '<', '≤'), tie('term'))
        .map(([x, o, y]) => `(${x} ${o} ${y})`),
      fc
        .tuple(tie('statement'), fc.constantFrom('∧', '∨', '→'), tie('statement'))
        .map(([x, o, y]) => `(${x} ${o} ${y})`),
      tie('statement').map((x) => `(¬ ${x})`),
      tie('statement').map((x) => `(∀ a : Nat, ${x})`),
    ),
  }));

  const judged = async (asked: string, given: string): Promise<string> =>
    summary(
      await instance.check({
        challenge: { name: 't', header: '', context: '', statement: `theorem t (a b : Nat) : ${asked}` },
        submission: { form: 'declarations', text: `theorem t (a b : Nat) : ${given} := sorry` },
        options: { wallMs: 60_000, heartbeats: 200_000 },
      }),
    );

  test('exactly when they are, whichever of the two is the challenge', async () => {
    const pair = fc.oneof(
      fc.tuple(statement, statement),
      statement.map((s) => [s, s] as [string, string]),
    );
    await fc.assert(
      fc.asyncProperty(pair, async ([a, b]) => {
        const wanted = a === b ? 'incomplete' : 'dishonest: statement';
        expect([await judged(a, b), await judged(b, a)]).toEqual([wanted, wanted]);
      }),
      { numRuns: 60 },
    );
  });
});
