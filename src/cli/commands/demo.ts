import { type AddCommand, examples } from '../cli.ts';
import { configure, withJson, withLean, withTemporal } from '../options.ts';

export const addDemo: AddCommand = (program, cli) => {
  withJson(withLean(withTemporal(program.command('demo'))))
    .summary('a first run: the suite `basic`, no model, no key')
    .description(
      'Proves the suite `basic` with the local prover: starts Temporal with its Web UI and a worker with embedded ' +
        'Lean, runs a workflow a theorem, prints what happens, ends everything again. No model is asked, whatever ' +
        'key lies in the environment. The second time the verdicts come from the store.',
    )
    .option('-j, --jobs <n>', 'theorems at once')
    .addHelpText('after', examples('demo', 'demo --json | tail -1'))
    .action(
      cli.action(async (options) => {
        const { config } = await configure({ ...options, provers: 'local' }, cli.io);
        const [{ loadSuite }, { runSuite }] = await Promise.all([
          import('../../suite/load.ts'),
          import('../run/suite.ts'),
        ]);
        const suite = await loadSuite('basic');
        return runSuite(cli, config, suite, suite.theorems, {
          json: options.json === true,
          detach: false,
          fresh: true,
          cache: true,
          output: null,
        });
      }),
    );
};
