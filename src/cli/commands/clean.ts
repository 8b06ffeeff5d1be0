import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Config } from '../../config/config.ts';
import { xdgDirs } from '../../config/dirs.ts';
import type { ConfigFlags } from '../../config/settings.ts';
import { ProofloopError } from '../../model/errors.ts';
import { isPostgres } from '../../store/place.ts';
import { bytes } from '../../words/units.ts';
import { type AddCommand, examples } from '../cli.ts';
import { sizeOf } from '../disk/usage.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { configure, withConfig, withJson } from '../options.ts';

type Place = { readonly kind: 'cache' | 'data'; readonly what: string; readonly path: string };
type Options = ConfigFlags & { cache?: boolean; data?: boolean; yes?: boolean; json?: boolean };

/** Everything that proofloop leaves on a disk, beside the configuration that the user wrote. */
const places = (config: Config): Place[] => {
  const all: Place[] = [
    { kind: 'cache', what: 'unpacked Lean, Temporal CLI, compiled code', path: config.dirs.cache },
    { kind: 'data', what: 'store and Temporal state: runs, proofs, paid answers', path: config.dirs.data },
    { kind: 'data', what: 'logs, address of the running server', path: config.dirs.state },
  ];
  // bin/proofloop.js keeps compiled code before any configuration is read, so it may lie beside.
  const compiled = join(xdgDirs(process.env).dirs.cache, 'node');
  if (!compiled.startsWith(`${config.dirs.cache}/`))
    all.push({ kind: 'cache', what: 'compiled code', path: compiled });
  // A store that was put elsewhere, with the two files that SQLite keeps beside it.
  if (!isPostgres(config.store) && !config.store.startsWith(`${config.dirs.data}/`))
    for (const suffix of ['', '-wal', '-shm'])
      all.push({ kind: 'data', what: 'store', path: `${config.store}${suffix}` });
  return all;
};

/** Throws where nobody can say yes. */
const mustBeAskable = (io: Io): void => {
  if (io.stdin.isTTY !== true)
    throw new ProofloopError(
      'USAGE',
      '`clean` removes files only after a yes, and nobody can be asked here',
      {
        fix: 'Say --yes.',
      },
    );
};

const confirmed = async (io: Io, total: number): Promise<boolean> => {
  const ask = createInterface({ input: io.stdin, output: io.stderr });
  try {
    return /^y(es)?$/i.test((await ask.question(`Remove ${bytes(total)}? [y/N] `)).trim());
  } finally {
    ask.close();
  }
};

const mustBeIdle = async (config: Config): Promise<void> => {
  const { temporalPaths } = await import('../../temporal/paths.ts');
  const { readMembership } = await import('../../temporal/membership.ts');
  const { members } = await readMembership(temporalPaths(config.dirs).state);
  const first = members[0];
  if (first !== undefined)
    throw new ProofloopError(
      'USAGE',
      `'${first.command}' (process ${first.process.pid}) is using these files`,
      {
        fix: 'End it first.',
      },
    );
};

export const addClean: AddCommand = (program, cli) => {
  const { io } = cli;
  withJson(withConfig(program.command('clean')))
    .summary('what lies on disk, and removes it')
    .description(
      'Lists what proofloop has put on this disk, with sizes. With --cache or --data it removes that; the ' +
        'configuration is never touched. Removing the data forgets all runs, proofs and paid model answers.',
    )
    .option('--cache', 'remove what can be had again: unpacked Lean, Temporal CLI, compiled code')
    .option('--data', 'remove store, Temporal state and logs')
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('clean', 'clean --cache', 'clean --cache --data --yes'))
    .action(
      cli.action(async (options: Options) => {
        const removing = options.cache === true || options.data === true;
        if (removing && !options.yes) mustBeAskable(io);
        const { config } = await configure(options, io);
        const found = await Promise.all(
          places(config).map(async (p) => ({ ...p, size: await sizeOf(p.path) })),
        );
        const present = found.flatMap(({ size, ...place }) => (size === null ? [] : [{ ...place, size }]));
        const chosen = present.filter((place) => options[place.kind] === true);
        if (!options.json)
          for (const p of present)
            io.out(`${bytes(p.size).padStart(8)}  ${p.kind.padEnd(5)}  ${p.path}  (${p.what})`);
        const total = chosen.reduce((sum, p) => sum + p.size, 0);
        if (present.length === 0) io.say('Nothing of proofloop lies on this disk.');
        else if (!removing) io.say('Remove it with --cache and --data.');
        else if (chosen.length === 0) io.say('Nothing of that kind is there.');
        else {
          await mustBeIdle(config);
          if (!options.yes && !(await confirmed(io, total))) {
            io.say('Nothing was removed.');
            return EXIT.ok;
          }
          for (const p of chosen) await rm(p.path, { recursive: true, force: true });
          io.say(`Removed ${bytes(total)}.`);
        }
        if (options.json)
          for (const p of present)
            io.out(JSON.stringify({ type: 'place', ...p, removed: chosen.includes(p) }));
        return EXIT.ok;
      }),
    );
};
