import { type Command, InvalidArgumentError } from 'commander';
import type { Store } from '../../store/store.ts';
import { duration, plural } from '../../words/units.ts';
import { type AddCommand, type Cli, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { withConfig, withJson } from '../options.ts';
import { withStore } from './cache.ts';

const share = (text: string): number => {
  const n = Number(text);
  if (!(n > 0 && n < 1)) throw new InvalidArgumentError('It has to be a number between 0 and 1, e.g. 0.7.');
  return n;
};

const withProver = (command: Command) =>
  withJson(withConfig(command)).option('--prover <names>', 'only these provers of runs, e.g. local,gemini');

type Chosen = { readonly prover?: string; readonly json?: boolean };

/** The provers that are asked about; says so where there is nothing to speak of. */
const chosen = async ({ io }: Cli, store: Store, options: Chosen): Promise<readonly string[]> => {
  const { proversSeen } = await import('../../predictor/index.ts');
  const seen = await proversSeen(store);
  const asked = options.prover === undefined ? seen : seen.filter((name) => name === options.prover);
  if (asked.length > 0) return asked;
  const others =
    seen.length === 0 ? 'no run has come to its end yet' : `runs are there of ${seen.join('; ')}`;
  if (options.json) io.out(JSON.stringify({ type: 'noData', prover: options.prover ?? null, records: 0 }));
  else io.say(`No data: ${options.prover === undefined ? others : `none of ${options.prover}; ${others}`}.`);
  return [];
};

const noData = async ({ io }: Cli, prover: string, records: number, json: boolean): Promise<void> => {
  const { LEAST } = await import('../../predictor/train.ts');
  if (json) io.out(JSON.stringify({ type: 'noData', prover, records, least: LEAST }));
  else
    io.say(
      `${prover}: no data. ${plural(records, 'usable record')}; it takes ${LEAST.rows} of ${LEAST.theorems} theorems to train.`,
    );
};

const untrained = ({ io }: Cli, prover: string, records: number, json: boolean): void => {
  if (json) io.out(JSON.stringify({ type: 'untrained', prover, records }));
  else
    io.say(
      `${prover}: nothing is trained yet; there are ${plural(records, 'usable record')}. \`predictor train\` trains.`,
    );
};

export const addPredictor: AddCommand = (program, cli) => {
  const { io } = cli;
  const predictor = program
    .command('predictor')
    .summary('what is expected of theorems, and how good that is')
    .description(
      "Time, chance of success and tokens of a theorem are predicted from the store's records; the predictor is trained " +
        'anew after each run. Where there are too few records it says so, and predicts nothing.',
    )
    .addHelpText('after', examples('predictor eval', 'predictor show', 'predictor train --prover local'));

  withProver(predictor.command('eval', { isDefault: true }))
    .description(
      'Trains on the older records and tests on the newer ones: mean absolute errors and Brier scores beside those of mean, ' +
        'median, base rate and last time. Nothing is stored.',
    )
    .option('--split <share>', 'share of the records that is trained on, the older ones', share, 0.7)
    .addHelpText('after', examples('predictor eval', 'predictor eval --split 0.5 --json'))
    .action(
      cli.action((options) =>
        withStore(cli, options, async (store) => {
          const { evaluateProver } = await import('../../predictor/index.ts');
          const { evaluationLines } = await import('../predictor/eval.ts');
          const provers = await chosen(cli, store, options);
          for (const [i, prover] of provers.entries()) {
            const { evaluation, records } = await evaluateProver(store, prover, options.split);
            if (!options.json && i > 0) io.out('');
            if (evaluation === null) await noData(cli, prover, records, options.json === true);
            else if (options.json) io.out(JSON.stringify({ type: 'evaluation', ...evaluation }));
            else for (const line of evaluationLines(evaluation, io)) io.out(line);
          }
          return EXIT.ok;
        }),
      ),
    );

  withProver(predictor.command('show'))
    .description('What is trained: when, on how many records, and which features count.')
    .addHelpText('after', examples('predictor show', 'predictor show --json'))
    .action(
      cli.action((options) =>
        withStore(cli, options, async (store) => {
          const { storedModel } = await import('../../predictor/index.ts');
          const { LEAST } = await import('../../predictor/train.ts');
          const { modelLines } = await import('../predictor/show.ts');
          for (const prover of await chosen(cli, store, options)) {
            const { model, version, current, records } = await storedModel(store, prover);
            if (model === null && records < LEAST.rows)
              await noData(cli, prover, records, options.json === true);
            else if (model === null) untrained(cli, prover, records, options.json === true);
            else if (options.json) {
              const {
                ms: _ms,
                solved: _solved,
                tokens: _tokens,
                past: _past,
                similar: _similar,
                ...rest
              } = model;
              io.out(JSON.stringify({ type: 'predictor', version, current, ...rest }));
            } else for (const line of modelLines(model, version, current, io.paintOut)) io.out(line);
          }
          return EXIT.ok;
        }),
      ),
    );

  withProver(predictor.command('train'))
    .description('Trains anew and stores it, whether or not a run has ended since.')
    .addHelpText('after', examples('predictor train', 'predictor train --prover local --json'))
    .action(
      cli.action((options) =>
        withStore(cli, options, async (store) => {
          const { currentModel, recordsOf } = await import('../../predictor/index.ts');
          for (const prover of await chosen(cli, store, options)) {
            const began = performance.now();
            const model = await currentModel(store, prover, { anew: true });
            const ms = performance.now() - began;
            if (model === null)
              await noData(cli, prover, await recordsOf(store, prover), options.json === true);
            else if (options.json)
              io.out(
                JSON.stringify({ type: 'trained', prover, rows: model.rows, theorems: model.theorems, ms }),
              );
            else
              io.out(
                `${prover}: trained on ${plural(model.rows, 'record')} of ${plural(model.theorems, 'theorem')} in ${duration(ms)}`,
              );
          }
          return EXIT.ok;
        }),
      ),
    );
};
