import { ProofloopError } from '../../model/index.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { renderFault } from '../fault.ts';
import { configure, withJson, withRun } from '../options.ts';
import { columns, padEnd } from '../render/width.ts';

const shown = (value: unknown): string =>
  value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);

export const addConfig: AddCommand = (program, cli) => {
  const config = program
    .command('config')
    .summary('print the configuration')
    .description('The configuration: flag > environment (PROOFLOOP_*) > file > default.');
  withJson(withRun(config.command('show', { isDefault: true })))
    .summary('each value and where it came from')
    .description('Prints each value of the configuration and where it came from. Secrets are never shown.')
    .addHelpText(
      'after',
      examples('config show', 'config show --json', 'config show --max-cost 5   # what a flag would change'),
    )
    .action(
      cli.action(async (options) => {
        const { provenance } = await configure(options, cli.io).catch(async (error: unknown) => {
          if (!(error instanceof ProofloopError) || error.code !== 'PROFILE_UNTRUSTED') throw error;
          // A run is refused for it; but who wants to know what would hold asks here.
          const rest = await configure(options, cli.io, { trustedOnly: true }).catch(() =>
            Promise.reject(error),
          );
          for (const line of renderFault(error, false)) cli.io.say(line);
          cli.io.say('Shown is the configuration without that file; a run is refused.');
          return rest;
        });
        if (options.json) {
          for (const entry of provenance) cli.io.out(JSON.stringify(entry));
          return EXIT.ok;
        }
        const rows = provenance.map((p) => ({ path: p.path, value: shown(p.value), from: p.from }));
        const width = (key: 'path' | 'value') => Math.min(48, Math.max(...rows.map((r) => columns(r[key]))));
        for (const row of rows) {
          const from =
            row.from === 'default' ? cli.io.paintOut('dim', row.from) : cli.io.paintOut('cyan', row.from);
          cli.io.out(`${padEnd(row.path, width('path'))}  ${padEnd(row.value, width('value'))}  ${from}`);
        }
        return EXIT.ok;
      }),
    );
};
