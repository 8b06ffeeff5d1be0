import type { Config } from '../../config/config.ts';
import type { ScoredLemma, Theorem } from '../../model/index.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';

export type LemmasOptions = {
  readonly json: boolean;
  readonly limit: number;
  /** Only names that hold this text. */
  readonly name: string | undefined;
};

/** Lists lemmas for a theorem, the best first. Rejects with faults of Lean's start. */
export const showLemmas = async (
  { io }: Cli,
  config: Config,
  theorem: Theorem,
  { json, limit, name }: LemmasOptions,
): Promise<ExitCode> => {
  const { createLeanService } = await import('../../../lean/index.ts');
  const lean = await createLeanService(config, io.say);
  try {
    const { wallMs, heartbeats } = config.lean;
    const job = { challenge: theorem, options: { wallMs, heartbeats } };
    const found = await lean.relevant(job, { limit, name });
    for (const lemma of found) {
      if (json) io.out(JSON.stringify(recordOf(theorem.id, lemma)));
      else {
        const score = io.paintOut('dim', lemma.score.toFixed(2));
        const from = lemma.from === 'context' ? io.paintOut('dim', ' (context)') : '';
        io.out(`${score} ${io.paintOut('bold', lemma.name)}${from} : ${lemma.type}`);
      }
    }
    if (found.length === 0) io.say(await whyNone(lean, theorem, config, name));
    return EXIT.ok;
  } finally {
    await lean.close();
  }
};

/** `type` says what a record is, in every command, so Lean's type of the lemma is its `statement`. */
const recordOf = (theoremId: string, { type: statement, ...lemma }: ScoredLemma): object => ({
  type: 'lemma',
  theoremId,
  ...lemma,
  statement,
});

type Lean = Awaited<ReturnType<typeof import('../../../lean/index.ts')['createLeanService']>>;

const whyNone = async (
  lean: Lean,
  { header, context, statement }: Theorem,
  { lean: { profile, profiles, wallMs, heartbeats } }: Config,
  name: string | undefined,
): Promise<string> => {
  if (profiles[profile]?.kind === 'command')
    return `The Lean profile ${profile} is a repl, which cannot say what it has: no lemmas. The embedded Lean can.`;
  const answer = await lean.elaborate(`${header}${context}${statement} := by sorry`, { wallMs, heartbeats });
  if (answer.status !== 'ok') return `No lemmas: Lean says ${answer.status} to the theorem.`;
  const error = answer.messages.find(({ severity }) => severity === 'error');
  if (error !== undefined) return `No lemmas: the theorem does not elaborate: ${error.text}`;
  return name === undefined
    ? 'No theorem has anything in common with the statement.'
    : `No theorem has ${JSON.stringify(name)} in its name.`;
};
