import type { Stated } from './challenge.ts';
import { type Constants, KIND, KIND_NAMES, type Reader } from './constants.ts';
import { createEquality } from './equality.ts';
import { createMeaning } from './meaning.ts';
import { Refused } from './refused.ts';

type Compared = {
  /** As the submission left them; used for unsafe and partial code only, which is never replayed. */
  readonly claimed: Constants;
  /** As the kernel made them once more. */
  readonly replayed: Constants;
};

/** Is the theorem still there, the same one, and over unchanged definitions? `beside`: keys that are judged by themselves. */
export function compare(
  reader: Reader,
  stated: Extract<Stated, { ok: true }>,
  given: Compared,
  beside: ReadonlySet<string> = new Set(),
): void {
  const { lean } = reader;
  const equality = createEquality(reader);
  const asked = stated.constants.get(stated.target)!;
  const name = lean.nameText(reader.name(asked));

  const target = given.replayed.get(stated.target);
  if (target === undefined)
    throw new Refused('statement', `the submission does not declare the theorem ${name}`);
  const kind = reader.kind(target);
  if (kind !== KIND.theorem)
    throw new Refused('statement', `${name} is a ${KIND_NAMES[kind]} in the submission, not a theorem`);
  const [wanted, got] = [reader.levelParams(asked), reader.levelParams(target)];
  if (wanted.join() !== got.join())
    throw new Refused(
      'statement',
      `${name} has the universe parameters [${readable(got)}] in the submission, the statement has [${readable(wanted)}]; their names count too`,
    );

  const sides = { left: stated.constants, right: given.replayed, settled: stated.context };
  const meaning = createMeaning(reader, equality, sides);
  for (const [key, trusted] of stated.constants) {
    if (key === stated.target || beside.has(key)) continue;
    const unsafe = reader.isUnsafe(trusted);
    const other = (unsafe ? given.claimed : given.replayed).get(key);
    const settled = unsafe || stated.context.has(key);
    if (MADE_UP.test(key) && (other === undefined || !settled)) continue;
    if (other !== undefined && settled && equality.constants(trusted, other, false)) continue;
    if (other === undefined || unsafe || !meaning.constants(key, key))
      throw new Refused(
        'environment',
        `the submission changes ${lean.nameText(reader.name(trusted))}, which belongs to the challenge`,
      );
  }
  if (!meaning.expressions(reader.type(asked), reader.type(target)))
    throw new Refused('statement', `${name} states something else in the submission than in the challenge`);
}

/**
 * Names of Lean's own making. One may be missing where Lean has taken an equal constant that was there before, or
 * belong to the proof; what the statement makes of it is compared all the same.
 */
export const MADE_UP = /\/"(_[^"]*|match_\d+|proof_\d+)"(#\d+)*$/;

const readable = (keys: readonly string[]): string => keys.map((key) => key.replace(/[/"]/g, '')).join(', ');
