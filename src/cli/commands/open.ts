import { childIdFor } from '../../../workflows/names.ts';
import { ProofloopError } from '../../model/errors.ts';
import type { RunRecord } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { uiLink } from '../../temporal/ui-link.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { aborted, catchInterrupts } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { configure, withTemporal } from '../options.ts';
import { findRun } from '../run/find.ts';
import { withHeartbeat } from '../run/heartbeat.ts';
import { openWorkbench } from '../run/workbench.ts';

/** Shows a page in the user's browser where there is a screen to show it on. */
const browse = async (io: Io, url: string): Promise<void> => {
  const { platform } = process;
  const hasScreen =
    platform === 'darwin' || io.env.DISPLAY !== undefined || io.env.WAYLAND_DISPLAY !== undefined;
  if (!hasScreen || io.stdout.isTTY !== true) return;
  const { execa } = await import('execa');
  await execa(platform === 'darwin' ? 'open' : 'xdg-open', [url], {
    stdio: 'ignore',
    reject: false,
    timeout: 5000,
  });
};

/** Of the theorem's last turn, also where its outcome was taken over from another run. */
const workflowOf = async (store: Store, { runId }: RunRecord, theoremId: string): Promise<string> =>
  (await store.getResult(runId, theoremId))?.workflowId ?? childIdFor(runId, theoremId);

export const addOpen: AddCommand = (program, cli) => {
  const { io } = cli;
  withTemporal(program.command('open'))
    .summary('a run or theorem in the Temporal UI')
    .description(
      'Prints the page of a run, or of one of its theorems, in the Temporal UI. If no server is running it starts ' +
        'one and serves the UI until Ctrl-C.',
    )
    .argument('<id>', 'id of a run, or RUN/THEOREM')
    .option('--no-browser', 'only print the address')
    .addHelpText('after', examples('open bench-basic-0123456789ab', 'open bench-basic/gauss_sum'))
    .action(
      cli.action(async (id: string, options) => {
        const { config } = await configure(options, io);
        const interrupt = catchInterrupts();
        const bench = await openWorkbench(config);
        try {
          const { run, theoremId } = await findRun(bench.store, id);
          const session = await withHeartbeat(io.say, (say) => bench.connect('serve', say));
          const workflowId = theoremId === null ? run.runId : await workflowOf(bench.store, run, theoremId);
          if (session.uiUrl === null)
            throw new ProofloopError(
              'USAGE',
              `the UI of ${session.address} is not ours; the workflow is ${workflowId} in namespace ${session.namespace}`,
              { fix: 'Look it up in the UI of that server.' },
            );
          const url = uiLink(session.uiUrl, session.namespace, workflowId);
          io.out(url);
          if (options.browser !== false) await browse(io, url);
          if (!session.owns) return EXIT.ok;
          io.say('Serving the UI. Ctrl-C ends it.');
          await aborted(interrupt.soft);
          return EXIT.ok;
        } finally {
          await bench.close();
          interrupt.release();
        }
      }),
    );
};
