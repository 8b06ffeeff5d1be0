import { InvalidArgumentError } from 'commander';
import { ProofloopError } from '../../model/errors.ts';
import type { Attempt, TextRef } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { withConfig, withJson } from '../options.ts';
import { findRun } from '../run/find.ts';
import { withSteps } from '../run/steps.ts';
import { withStore } from './cache.ts';

const attemptNumber = (text: string): number => {
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < 1) throw new InvalidArgumentError('Attempts are numbered from 1.');
  return n;
};

const whole = async (store: Store, ref: TextRef): Promise<TextRef> =>
  ref.sha256 === null ? ref : { ...ref, text: (await store.getText(ref.sha256)) ?? ref.text };

/** Large texts lie in the store; `logs` shows them whole. */
const withWholeTexts = async (store: Store, attempt: Attempt): Promise<Attempt> => {
  const { answer } = attempt;
  if (answer === null) return attempt;
  const [prompt, text] = await Promise.all([whole(store, answer.prompt), whole(store, answer.answer)]);
  return { ...attempt, answer: { ...answer, prompt, answer: text } };
};

export const addLogs: AddCommand = (program, cli) => {
  const { io } = cli;
  withJson(withConfig(program.command('logs')))
    .summary('prompt, answer and diagnostics of each attempt')
    .description(
      'Shows each attempt at a theorem: the prompt, the answer, the submission, and what Lean said with the place ' +
        'in the source. The local prover tries many short proofs; --attempt chooses one. The steps of a sketch follow their theorem.',
    )
    .argument('<id>', 'RUN/THEOREM, or a run for all of its theorems')
    .option('--attempt <n>', 'only this attempt', attemptNumber)
    .addHelpText(
      'after',
      examples('logs bench-hard-0123456789ab/sum_odd', 'logs bench-hard/sum_odd --attempt 3'),
    )
    .action(
      cli.action((id: string, options) =>
        withStore(cli, options, async (store) => {
          const [{ renderAttempt }, { renderRefutation }] = await Promise.all([
            import('../render/attempt.ts'),
            import('../render/refutation.ts'),
          ]);
          const { theoremsOf } = await import('../../suite/of-run.ts');
          const { run, theoremId } = await findRun(store, id);
          const theorems = await theoremsOf(store, run);
          let shown = 0;
          const chosen = theoremId === null ? run.theoremIds : [theoremId];
          for (const { id: theorem, isStep } of withSteps(chosen, await store.attemptedIds(run.runId))) {
            // A number means an attempt of the theorem itself.
            if (isStep && options.attempt !== undefined) continue;
            const attempts = (await store.listAttempts(run.runId, theorem)).filter(
              (a) => options.attempt === undefined || a.n === options.attempt,
            );
            const asked = theorems(theorem);
            if (!options.json && attempts.length > 0)
              io.out(io.paintOut('bold', `${run.runId}/${theorem}${isStep ? ' (a step)' : ''}`));
            for (const attempt of attempts) {
              shown += 1;
              const full = await withWholeTexts(store, attempt);
              if (options.json)
                io.out(JSON.stringify({ type: 'attempt', runId: run.runId, theoremId: theorem, ...full }));
              else for (const line of [...renderAttempt(full, asked, io.paintOut), '']) io.out(line);
            }
          }
          if (!options.json && options.attempt === undefined)
            for (const result of run.results)
              if (theoremId === null || result.theoremId === theoremId)
                for (const line of renderRefutation(result, io.paintOut)) io.out(line);
          if (shown === 0 && options.attempt !== undefined)
            throw new ProofloopError('USAGE', `there is no attempt ${options.attempt}`, {
              fix: `\`proofloop logs ${id}\` shows all.`,
            });
          if (shown === 0) io.say('No attempt was made yet, or every proof came from the store.');
          return EXIT.ok;
        }),
      ),
    );
};
