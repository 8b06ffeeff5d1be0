import { Option } from 'commander';
import { FORMAT_NAMES, formatOf, renderReport } from '../../report/formats/index.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { withConfig } from '../options.ts';
import { findRun } from '../run/find.ts';
import { writeDocument } from '../run/output.ts';
import { withStore } from './cache.ts';

export const addReport: AddCommand = (program, cli) => {
  const { io } = cli;
  withConfig(program.command('report'))
    .summary('a page, table or file about a run')
    .description(
      'Writes what a run brought: outcomes, estimates with their intervals, times, cost, KPIs, provenance and each theorem. ' +
        'HTML is one page with plots that needs no network; Markdown, JSON, CSV and JUnit XML say the same to others.',
    )
    .argument('<id>', 'id of a run, or the beginning of one')
    .option('-o, --output <file>', 'where to; its extension says the format (default: standard output)')
    .addOption(new Option('--format <name>', 'default: by the extension, else md').choices([...FORMAT_NAMES]))
    .addHelpText(
      'after',
      examples(
        'report bench-basic -o report.html',
        'report bench-basic -o junit.xml',
        'report bench-basic --format csv > run.csv',
      ),
    )
    .action(
      cli.action((id: string, options) => {
        const format = formatOf(FORMAT_NAMES, options.format, options.output);
        return withStore(cli, options, async (store) => {
          const { reportOn } = await import('../run/report-files.ts');
          const { run } = await findRun(store, id);
          const report = await reportOn(store, run.runId);
          const text = await renderReport(report, format);
          if (options.output === undefined) io.out(text.trimEnd());
          else {
            await writeDocument(options.output, text, io.cwd);
            io.say(`${options.output}: run ${run.runId}, ${report.finished} of ${report.total} theorems`);
          }
          return EXIT.ok;
        });
      }),
    );
};
