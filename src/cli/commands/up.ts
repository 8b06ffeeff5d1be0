import { ProofloopError } from '../../model/errors.ts';
import { plural } from '../../words/units.ts';
import { type AddCommand, type Cli, examples } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { aborted, catchInterrupts } from '../interrupt.ts';
import { configure, withLean, withTemporal } from '../options.ts';
import { withHeartbeat } from '../run/heartbeat.ts';
import { openWorkbench } from '../run/workbench.ts';

/** Serves the queues until Ctrl-C, then drains. */
const serve = async (cli: Cli, options: object, what: 'up' | 'worker'): Promise<ExitCode> => {
  const { io } = cli;
  const { config } = await configure(options, io);
  const interrupt = catchInterrupts();
  interrupt.hard.addEventListener('abort', () => process.exit(EXIT.interrupted));
  const bench = await openWorkbench(config);
  try {
    const session = await withHeartbeat(io.say, (say) =>
      bench.connect(what === 'up' ? 'host-if-needed' : 'worker', say, { tells: true }),
    );
    if (!session.hostsWorker)
      throw new ProofloopError('USAGE', `another proofloop already serves ${session.address}`, {
        fix: 'Use it as it is: `proofloop prove` and `proofloop bench` join it. Or end it first.',
      });
    const identity = await (await bench.lean()).identity();
    io.say(
      `Lean ${identity.version} (${identity.backend}), ${plural(config.lean.slots, 'slot')}${config.lean.autoSlots ? ' (auto)' : ''}, sandbox: ${identity.sandbox}`,
    );
    io.say(`Store ${bench.store.location}`);
    io.say(
      what === 'up'
        ? 'Ready. In another terminal: `proofloop prove FILE` or `proofloop bench SUITE`. Ctrl-C ends it.'
        : 'Ready. Ctrl-C ends it.',
    );
    await Promise.race([aborted(interrupt.soft), bench.workerFailed]);
    io.say('Draining: what Lean and the models are at ends first. Ctrl-C again ends at once.');
    const { listOpenRuns } = await import('./ls.ts');
    for (const run of await listOpenRuns(bench.store))
      io.say(`Goes on later, from where it is: ${run.runId} (\`proofloop attach ${run.runId}\`)`);
  } finally {
    await bench.close();
    interrupt.release();
  }
  io.say('Ended.');
  return EXIT.ok;
};

export const addUp: AddCommand = (program, cli) => {
  withLean(withTemporal(program.command('up')))
    .option('--llm-concurrency <n>', 'model requests at once')
    .summary('keep server, UI and worker running')
    .description(
      'Starts the Temporal server with its Web UI and a worker, and keeps them in the foreground until Ctrl-C. ' +
        'Other proofloop commands join it. What is not finished at Ctrl-C stays in the state file and goes on later.',
    )
    .addHelpText(
      'after',
      examples('up', 'up --slots 4', 'up --lean-command "lake exe repl" --lean-cwd ../mathlib-project'),
    )
    .action(cli.action((options) => serve(cli, options, 'up')));
};

export const addWorker: AddCommand = (program, cli) => {
  withLean(withTemporal(program.command('worker')))
    .option('--llm-concurrency <n>', 'model requests at once')
    .summary('serve a Temporal server that runs elsewhere')
    .description(
      'Serves the task queues of the Temporal server named by --address, TEMPORAL_ADDRESS or a Temporal profile ' +
        '(TLS and API keys of Temporal Cloud included) until Ctrl-C. Any number of workers, on any number of machines, ' +
        'share the work; they need one store (--store postgres://USER@HOST/DATABASE) and one version of proofloop.',
    )
    .addHelpText(
      'after',
      examples(
        'worker --address temporal.example:7233 --store postgres://proofloop@db.example/proofloop',
        'worker --temporal-profile cloud',
      ),
    )
    .action(cli.action((options) => serve(cli, options, 'worker')));
};
