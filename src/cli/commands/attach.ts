import type { ProofloopError } from '../../model/index.ts';
import { type AddCommand, examples } from '../cli.ts';
import { configure, withJson, withLean, withTemporal } from '../options.ts';
import { conduct } from '../run/conduct.ts';
import { findRun } from '../run/find.ts';
import { foreignProvers } from '../run/foreign-provers.ts';
import { tellEnd } from '../run/report.ts';
import type { Workbench } from '../run/workbench.ts';

export const addAttach: AddCommand = (program, cli) => {
  const { io } = cli;
  withJson(withLean(withTemporal(program.command('attach'))))
    .summary('go on with a run, or watch it')
    .description(
      'Goes on with a run that was interrupted, or watches one that is at work elsewhere; starts server and worker if ' +
        'none is there. A run that is at its end is shown from the store.',
    )
    .argument('<id>', 'id of a run, or the beginning of one')
    .option(
      '--provers <names>',
      'addresses of its models, where it was started with `openai:MODEL@ADDRESS` elsewhere',
    )
    .addHelpText('after', examples('attach prove-Sums-0123456789ab', 'attach bench-hard --json'))
    .action(
      cli.action(async (id: string, options) => {
        const { config } = await configure(options, io);
        const found = async (bench: Workbench) => (await findRun(bench.store, id)).run;
        let barred: ProofloopError | null = null;
        return conduct(cli, config, {
          json: options.json === true,
          detach: false,
          again: false,
          asked: null,
          finished: async (bench) => {
            const run = await found(bench);
            if (run.state !== 'running' && run.state !== 'paused') return run;
            barred = foreignProvers(config, run, 'attach');
            return null;
          },
          barred: () => barred,
          begin: async (bench) => ({ runId: (await found(bench)).runId, how: 'attached' }),
          finish: async (end, bench) => {
            if (!options.json) await tellEnd(io, end, bench);
          },
        });
      }),
    );
};
