import { InvalidArgumentError, Option } from 'commander';
import { ORDERS } from '../../scheduler/order.ts';
import { listed, positive } from '../arguments.ts';
import { type AddCommand, examples } from '../cli.ts';
import { configure, withJson, withRun } from '../options.ts';

const pattern = (text: string): RegExp => {
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
};

export const addBench: AddCommand = (program, cli) => {
  withJson(withRun(program.command('bench')))
    .summary('run a suite of theorems and report')
    .description(
      'Runs a suite: a built-in one (basic, medium, hard) or a file of JSON lines. The same command again attaches ' +
        'to the run if it is at work, and shows it if it is at its end; limits may differ and are then applied.',
    )
    .argument('<suite>', 'basic, medium, hard, or a .jsonl file')
    .option('--limit <n>', 'only the first n of those chosen', positive)
    .option('--id <ids>', 'only these theorems; may be given more than once', listed)
    .option('--pattern <regexp>', 'only theorems whose id or category matches', pattern)
    .optionsGroup('Schedule:')
    .addOption(
      new Option(
        '--order <policy>',
        'which theorems go first (default: longest-first, under a limit value)',
      ).choices(ORDERS),
    )
    .option('--within <time>', 'solve as many as can be in this time, e.g. 30m; ends then')
    .option(
      '--dry-run',
      'print the plan: order, expected time and cost, upper bounds; nothing is asked or started',
    )
    .optionsGroup('Options:')
    .addOption(
      new Option(
        '--detach',
        'start it and come back at once; needs `proofloop up` or a server with a worker',
      ).conflicts('output'),
    )
    .option('--fresh', 'a new run, even if the same one is there')
    .addOption(
      new Option(
        '--schedule <times>',
        "run it by the clock instead of now, e.g. '0 3 * * *' for three at night (`proofloop schedule`)",
      ).conflicts(['output', 'detach', 'dryRun', 'fresh']),
    )
    .option('--timezone <name>', 'of --schedule (default: of this machine)')
    .option(
      '--schedule-id <id>',
      'of --schedule: several of one suite (default: one for a suite and its provers)',
    )
    .option(
      '-o, --output <folder>',
      'write accepted proofs as .lean, results.jsonl, theorems.jsonl, run.json and the report there',
    )
    .addHelpText(
      'after',
      examples(
        'bench basic',
        'bench medium --provers local,gemini --samples 4 --max-cost 2 -o results',
        'bench hard --provers local,gemini --dry-run',
        'bench hard --order value --within 30m',
        "bench hard --provers local,gemini --no-cache --max-cost 2 --schedule '0 3 * * *'",
        'bench mine.jsonl --pattern "^nat_" --limit 10 --json',
      ),
    )
    .action(
      cli.action(async (name: string, options) => {
        const { config } = await configure(options, cli.io);
        const [{ loadSuite }, { suiteNotes }, { select }, { dryRun }, { runSuite }] = await Promise.all([
          import('../../suite/load.ts'),
          import('../../suite/notes.ts'),
          import('../run/select.ts'),
          import('../run/dry-run.ts'),
          import('../run/suite.ts'),
        ]);
        const suite = await loadSuite(name);
        const theorems = select(suite.theorems, options);
        for (const line of suiteNotes(theorems)) cli.io.say(cli.io.paintErr('dim', line));
        if (config.run.batch) {
          const [{ refuseVertexBatches }, { proversOf }] = await Promise.all([
            import('../run/batches.ts'),
            import('../run/identify.ts'),
          ]);
          refuseVertexBatches(config, await proversOf(config));
        }
        if (options.dryRun) return dryRun(cli, config, suite.name, theorems, options.json === true);
        if (options.schedule !== undefined) {
          const { scheduleSuite } = await import('../run/by-the-clock.ts');
          return scheduleSuite(cli, config, suite, theorems, {
            json: options.json === true,
            cache: options.cache !== false,
            cron: options.schedule,
            timezone: options.timezone ?? null,
            id: options.scheduleId ?? null,
          });
        }
        return runSuite(cli, config, suite, theorems, {
          json: options.json === true,
          detach: options.detach === true,
          fresh: options.fresh === true || options.cache === false,
          cache: options.cache !== false,
          output: options.output ?? null,
        });
      }),
    );
};
