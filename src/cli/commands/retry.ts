import { type AddCommand, examples } from '../cli.ts';
import { configure, withJson, withRun } from '../options.ts';
import { begin } from '../run/begin.ts';
import { conduct } from '../run/conduct.ts';
import { findRun } from '../run/find.ts';
import { foreignProvers } from '../run/foreign-provers.ts';
import { provenanceFor, proversOf } from '../run/identify.ts';
import { limitsOf, planOf } from '../run/plan.ts';
import { placeProvenance } from '../run/provenance.ts';
import { tellEnd } from '../run/report.ts';
import type { Workbench } from '../run/workbench.ts';

/** The theorems, and so their headers, are the old run's. */
const provenanceOfOptions = async (bench: Workbench): Promise<Readonly<Record<string, string>>> => {
  const { header: _, ...provenance } = await provenanceFor(bench, await proversOf(bench.config), []);
  return provenance;
};

export const addRetry: AddCommand = (program, cli) => {
  const { io } = cli;
  withJson(withRun(program.command('retry')))
    .summary('repeat what ended in an error, in a new run')
    .description(
      'Starts a new run of those theorems of a run that ended in an error or were cancelled. Theorems whose proofs ' +
        'were refused are not tried again. Without options the plan is that of the old run.',
    )
    .argument('<run>', 'id of a run, or the beginning of one')
    .option('--detach', 'start it and come back at once; needs `proofloop up` or a server with a worker')
    .addHelpText('after', examples('retry bench-hard-0123456789ab', 'retry bench-hard --max-cost 5'))
    .action(
      cli.action(async (id: string, options, command) => {
        const { config } = await configure(options, io);
        const asked = [
          'provers',
          'jobs',
          'samples',
          'maxRounds',
          'maxSamples',
          'maxTokens',
          'theoremMaxCost',
          'runMaxTokens',
          'runTimeout',
          'batch',
          'timeout',
          'maxCost',
          'onModelFailure',
          'lemmas',
          'refute',
          'prompt',
          'seed',
          'sketch',
          'sketchDepth',
          'race',
          'exhaust',
        ].some((name) => command.getOptionValueSource(name) === 'cli');
        return conduct(cli, config, {
          json: options.json === true,
          detach: options.detach === true,
          again: false,
          asked: null,
          finished: async () => null,
          begin: async (bench, session, say) => {
            const { run } = await findRun(bench.store, id);
            const foreign = asked || !session.hostsWorker ? null : foreignProvers(config, run, 'retry');
            if (foreign !== null) throw foreign;
            const changes = asked
              ? { plan: planOf(config, options.cache !== false), limits: limitsOf(config) }
              : {};
            const provenance = asked
              ? await provenanceOfOptions(bench)
              : await placeProvenance(await bench.lean());
            return begin(bench, session, say, (ctx, runs) =>
              runs.retryRun(ctx, run.runId, { ...changes, provenance }),
            );
          },
          finish: async (end, bench) => {
            if (!options.json) await tellEnd(io, end, bench);
          },
        });
      }),
    );
};
