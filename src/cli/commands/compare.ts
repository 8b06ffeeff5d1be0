import { Option } from 'commander';
import { COMPARISON_FORMATS, renderComparison } from '../../report/compare/formats/index.ts';
import { formatOf } from '../../report/formats/index.ts';
import type { RunData } from '../../report/report/data.ts';
import type { Store } from '../../store/store.ts';
import { version } from '../../version.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { withConfig } from '../options.ts';
import { findRun } from '../run/find.ts';
import { writeDocument } from '../run/output.ts';
import { withStore } from './cache.ts';

/** One run, or several separated by commas: repeats of the same. */
const readSide = async (store: Store, text: string): Promise<readonly RunData[]> => {
  const { readRun } = await import('../../report/report/read.ts');
  const runs: RunData[] = [];
  for (const id of text.split(',').map((part) => part.trim())) {
    const { run } = await findRun(store, id);
    runs.push(await readRun(store, run.runId));
  }
  return runs;
};

export const addCompare: AddCommand = (program, cli) => {
  const { io } = cli;
  withConfig(program.command('compare'))
    .summary('two runs: newly solved, lost, times, cost')
    .description(
      'Compares run B with run A over the theorems that both have a result of and that are the same, with a test of ' +
        'whether the difference may be chance. Runs of one side separated by commas are repeats of the same.',
    )
    .argument('<a>', 'a run, or A1,A2,…')
    .argument('<b>', 'a run, or B1,B2,…')
    .option('-o, --output <file>', 'where to; its extension says the format (default: standard output)')
    .addOption(
      new Option('--format <name>', 'default: by the extension, else md').choices([...COMPARISON_FORMATS]),
    )
    .option('--fail-on-lost', 'exit code 2 when B lost a theorem that A solved, for whatever reason')
    .addHelpText(
      'after',
      examples(
        'compare bench-hard-0123 bench-hard-4567',
        'compare bench-hard-0123 bench-hard-4567 -o changes.html --fail-on-lost',
        'compare bench-hard-01,bench-hard-23 bench-hard-45,bench-hard-67 --format json',
      ),
    )
    .action(
      cli.action((a: string, b: string, options) => {
        const format = formatOf(COMPARISON_FORMATS, options.format, options.output);
        return withStore(cli, options, async (store) => {
          const { comparisonOf, lostIn } = await import('../../report/compare/build.ts');
          const sides = [await readSide(store, a), await readSide(store, b)] as const;
          const comparison = comparisonOf(...sides, { at: Date.now(), by: `proofloop ${version()}` });
          const text = await renderComparison(comparison, format);
          if (options.output === undefined) io.out(text.trimEnd());
          else await writeDocument(options.output, text, io.cwd);
          const lost = lostIn(comparison);
          io.say(`${comparison.newlySolved.length} newly solved, ${lost} lost`);
          return options.failOnLost === true && lost > 0 ? EXIT.unsolved : EXIT.ok;
        });
      }),
    );
};
