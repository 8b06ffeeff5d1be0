import { InvalidArgumentError } from 'commander';
import type { Store } from '../../store/store.ts';
import { bytes, count, plural } from '../../words/units.ts';
import { type AddCommand, type Cli, examples } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { configure, withConfig, withJson } from '../options.ts';

const DAY_MS = 86_400_000;

const days = (text: string): number => {
  const match = /^(\d+)(d|w)?$/.exec(text);
  const n = match === null ? 0 : Number(match[1]) * (match[2] === 'w' ? 7 : 1);
  if (n < 1) throw new InvalidArgumentError('It has to be a number of days or weeks like 30d or 4w.');
  return n;
};

/** Opens the store for one action and closes it whatever comes. */
export const withStore = async (
  cli: Cli,
  options: Parameters<typeof configure>[0],
  act: (store: Store) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const { config } = await configure(options, cli.io);
  const { openStore } = await import('../../store/index.ts');
  const store = await openStore(config.store);
  try {
    return await act(store);
  } finally {
    await store.close();
  }
};

export const addCache: AddCommand = (program, cli) => {
  const { io } = cli;
  const cache = program
    .command('cache')
    .summary('what the store keeps: verdicts, proofs, model answers')
    .description(
      'The store: verdicts of Lean, accepted proofs and paid model answers, so that nothing is done twice.',
    )
    .addHelpText('after', examples('cache stats', 'cache prune --older-than 30d', 'cache clear'));

  withJson(withConfig(cache.command('stats', { isDefault: true })))
    .description('How much lies in the store, and how often it spared work.')
    .addHelpText('after', examples('cache stats', 'cache stats --json'))
    .action(
      cli.action((options) =>
        withStore(cli, options, async (store) => {
          const stats = await store.stats();
          if (options.json) {
            io.out(JSON.stringify({ type: 'cache', location: store.location, ...stats }));
            return EXIT.ok;
          }
          const asked = stats.hits + stats.misses;
          const rate = asked === 0 ? '' : ` (${Math.round((100 * stats.hits) / asked)} %)`;
          io.out(`store      ${store.location}, ${bytes(stats.bytes)}`);
          io.out(`verdicts   ${count(stats.verdicts)}`);
          io.out(`proofs     ${count(stats.proofs)}`);
          io.out(`answers    ${count(stats.responses)}`);
          io.out(`texts      ${count(stats.texts)}`);
          io.out(`runs       ${count(stats.runs)}`);
          io.out(`hits       ${count(stats.hits)} of ${count(asked)}${rate}`);
          return EXIT.ok;
        }),
      ),
    );

  withConfig(cache.command('prune'))
    .description('Removes what is older than a given time and not needed by an open run.')
    .option('--older-than <days>', 'age such as 30d or 4w', days, 30)
    .addHelpText('after', examples('cache prune', 'cache prune --older-than 4w'))
    .action(
      cli.action((options) =>
        withStore(cli, options, async (store) => {
          const removed = await store.prune(Date.now() - options.olderThan * DAY_MS);
          io.say(`${plural(removed, 'entry', 'entries')} older than ${options.olderThan} days removed.`);
          return EXIT.ok;
        }),
      ),
    );

  withConfig(cache.command('clear'))
    .description('Removes verdicts, proofs and model answers; runs stay, and so does what an open run needs.')
    .addHelpText('after', examples('cache clear'))
    .action(
      cli.action((options) =>
        withStore(cli, options, async (store) => {
          const removed = await store.clear();
          io.say(`${plural(removed, 'entry', 'entries')} removed.`);
          return EXIT.ok;
        }),
      ),
    );
};
