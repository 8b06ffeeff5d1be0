import { ProofloopError } from '../../model/errors.ts';
import { DEFAULT_VARIANT, PROMPT_VARIANTS, variantId } from '../../prover/prompts/variants.ts';
import { plural } from '../../words/units.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { withConfig, withJson } from '../options.ts';
import { renderTable } from '../render/table.ts';
import { withStore } from './cache.ts';

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

export const addPrompts: AddCommand = (program, cli) => {
  const { io } = cli;
  const prompts = program
    .command('prompts')
    .summary('the prompts that there are, and what won')
    .description(
      'Prompts are variants. Without --prompt each sample is asked with one that is drawn by what won before (Thompson ' +
        'sampling) with the same model on theorems of the same difficulty and category.',
    )
    .addHelpText('after', examples('prompts list', 'prompts stats', 'prompts forget --yes'));

  withJson(prompts.command('list', { isDefault: true }))
    .description('The prompts by name and version.')
    .addHelpText('after', examples('prompts list', 'prompts list --json'))
    .action(
      cli.action(async (options) => {
        const isDefault = (name: string) => name === DEFAULT_VARIANT.name;
        if (options.json) {
          for (const { name, version, summary } of PROMPT_VARIANTS)
            io.out(JSON.stringify({ type: 'prompt', name, version, summary, default: isDefault(name) }));
          return EXIT.ok;
        }
        const rows = PROMPT_VARIANTS.map((v) => [
          variantId(v),
          isDefault(v.name) ? 'default' : '',
          v.summary,
        ]);
        const head = [{ head: 'prompt' }, { head: '' }, { head: 'what it is' }];
        for (const line of renderTable(head, rows, io.stdout.columns ?? 120, io.paintOut)) io.out(line);
        return EXIT.ok;
      }),
    );

  withConfig(prompts.command('forget'))
    .description(
      'Forgets what won, of one model or of all: every prompt is drawn as often again. Runs and answers stay.',
    )
    .option('--model <name>', 'only of this model, as `prompts stats` names it')
    .option('--yes', 'do it; without, it says only what it would forget')
    .addHelpText('after', examples('prompts forget --model gemini-3.8-flash', 'prompts forget --yes'))
    .action(
      cli.action((options) =>
        withStore(cli, options, async (store) => {
          const known = await store.trialCounts();
          const model: string | null = options.model ?? null;
          if (model !== null && !known.some((row) => row.model === model))
            throw new ProofloopError('USAGE', `there are no trials of a model "${model}"`, {
              fix: `Models with trials: ${[...new Set(known.map((row) => row.model))].join(', ') || 'none'}.`,
            });
          const of = known.filter((row) => model === null || row.model === model);
          const trials = of.reduce((sum, row) => sum + row.trials, 0);
          const what = `${plural(trials, 'trial')} of ${model ?? 'all models'}`;
          if (options.yes !== true) io.say(`This would forget ${what}. Say --yes to do it.`);
          else {
            await store.forgetTrials(model);
            io.say(`Forgotten: ${what}.`);
          }
          return EXIT.ok;
        }),
      ),
    );

  withJson(withConfig(prompts.command('stats')))
    .description(
      'What won: trials, wins, and the chance of success with its 95 % interval, by model and kind of theorem.',
    )
    .addHelpText('after', examples('prompts stats', 'prompts stats --json'))
    .action(
      cli.action((options) =>
        withStore(cli, options, async (store) => {
          const { summaryOf } = await import('../../prover/prompts/learning/summary.ts');
          const groups = summaryOf(await store.trialCounts(), PROMPT_VARIANTS.map(variantId));
          if (options.json) {
            for (const group of groups) io.out(JSON.stringify({ type: 'group', ...group }));
            return EXIT.ok;
          }
          if (groups.length === 0) {
            io.say('No answer of a model has been judged yet: every prompt is drawn as often.');
            return EXIT.ok;
          }
          const head = [
            { head: 'prompt' },
            { head: 'trials', align: 'right' },
            { head: 'wins', align: 'right' },
            { head: 'chance', align: 'right' },
            { head: '95 % interval', align: 'right' },
            { head: 'next draws', align: 'right' },
          ] as const;
          for (const [i, { model, stage, difficulty, category, standings }] of groups.entries()) {
            const kind = difficulty === null ? 'all theorems' : `${difficulty || '-'}, ${category || '-'}`;
            if (i > 0) io.out('');
            io.out(
              io.paintOut('bold', `${model}, ${stage === 'first' ? 'first samples' : 'repairs'}: ${kind}`),
            );
            const rows = standings.map((s) => [
              s.variant,
              String(s.trials),
              String(s.wins),
              percent(s.mean),
              `${percent(s.low)} to ${percent(s.high)}`,
              percent(s.share),
            ]);
            for (const line of renderTable(head, rows, io.stdout.columns ?? 100, io.paintOut)) io.out(line);
          }
          return EXIT.ok;
        }),
      ),
    );
};
