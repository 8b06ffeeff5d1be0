import { utilisationIn } from '../../report/utilisation.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { withConfig, withJson } from '../options.ts';
import { kpiLines } from '../render/kpis.ts';
import { renderRefutation } from '../render/refutation.ts';
import { resultsTable } from '../render/results-table.ts';
import { runFacts, unsolvedLines } from '../render/run.ts';
import { summaryLines } from '../render/summary.ts';
import { eventLines, utilisationLine } from '../render/tuning.ts';
import { findRun } from '../run/find.ts';
import { withStore } from './cache.ts';

export const addShow: AddCommand = (program, cli) => {
  const { io } = cli;
  withJson(withConfig(program.command('show')))
    .summary('what a run did')
    .description(
      'Shows a run from the store: its plan, a row a theorem, why the rest is not solved, the summary, the KPIs with their targets.',
    )
    .argument('<id>', 'id of a run, or the beginning of one')
    .addHelpText('after', examples('show bench-basic-0123456789ab', 'show bench-basic --json'))
    .action(
      cli.action((id: string, options) =>
        withStore(cli, options, async (store) => {
          const { run, theoremId } = await findRun(store, id);
          const endedAt = run.endedAt ?? Date.now();
          const events = await store.listEvents(run.runId);
          const utilisation = await utilisationIn(store, run.startedAt, endedAt);
          if (options.json) {
            io.out(JSON.stringify({ type: 'run', ...run, events, utilisation }));
            return EXIT.ok;
          }
          const results = run.results.filter((r) => theoremId === null || r.theoremId === theoremId);
          for (const line of runFacts(run, io.paintOut)) io.out(line);
          if (utilisation !== null)
            io.out(`${io.paintOut('dim', 'utilisation')} ${utilisationLine(utilisation)}`);
          const tuned = eventLines(events, run.startedAt, io.paintOut);
          if (tuned.length > 0) for (const line of ['', ...tuned]) io.out(line);
          io.out('');
          for (const line of resultsTable(results, io.stdout.columns ?? 100, io.paintOut)) io.out(line);
          const rest = unsolvedLines(results, io.paintOut);
          if (rest.length > 0) for (const line of ['', ...rest]) io.out(line);
          const refuted = theoremId === null ? [] : results.flatMap((r) => renderRefutation(r, io.paintOut));
          if (refuted.length > 0) for (const line of ['', ...refuted]) io.out(line);
          io.out('');
          const wallMs = endedAt - run.startedAt;
          const total = theoremId === null ? run.theoremIds.length : 1;
          for (const line of summaryLines({ results, total, wallMs }, io.paintOut)) io.out(line);
          if (theoremId === null) {
            const { reportOn } = await import('../run/report-files.ts');
            const report = await reportOn(store, run.runId);
            for (const line of ['', ...kpiLines(report, io.stdout.columns ?? 100, io.paintOut)]) io.out(line);
          }
          return EXIT.ok;
        }),
      ),
    );
};
