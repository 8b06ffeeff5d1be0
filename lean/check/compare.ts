import type { Stated } from './challenge.ts';
import { type Constants, KIND, KIND_NAMES, type Reader } from './constants.ts';
import { createEquality } from './equality.ts';
import { createMeaning } from './meaning.ts';
import { Refused } from './refused.ts';

type Compared = {
  /** As the submission left them. */
  readonly claimed: Constants;
  /** As the kernel made them once more. */
  readonly replayed: Constants;
};

/** Is the theorem still there, the same one, and over unchanged definitions? */
export function compare(reader: Reader, stated: Extract<Stated, { ok: true }>, given: Compared): void {
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

  for (const key of stated.context) {
    const trusted = stated.constants.get(key)!;
    const other = given.claimed.get(key);
    if (other === undefined || !equality.constants(trusted, other, false))
      throw new Refused(
        'environment',
        `the submission changes ${lean.nameText(reader.name(trusted))}, which belongs to the challenge`,
      );
  }

  const own = (constants: Constants) => (key: string) => constants.has(key) && !stated.context.has(key);
  const meaning = createMeaning(
    reader,
    equality,
    { constants: stated.constants, own: own(stated.constants) },
    { constants: given.replayed, own: own(given.replayed) },
  );
  if (!meaning.expressions(reader.type(asked), reader.type(target)))
    throw new Refused('statement', `${name} states something else in the submission than in the challenge`);
}

const readable = (keys: readonly string[]): string => keys.map((key) => key.replace(/[/"]/g, '')).join(', ');
