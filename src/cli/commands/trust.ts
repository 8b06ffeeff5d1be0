import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { xdgDirs } from '../../config/dirs.ts';
import { setTrust, sha256 } from '../../config/trust.ts';
import { ProofloopError } from '../../model/index.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';

export const addTrust: AddCommand = (program, { io, action }) => {
  program
    .command('trust')
    .summary("let a project's proofloop.toml name addresses, keys, programs, models and prices")
    .description(
      "A project's own proofloop.toml may have come with a cloned repository. What it says of addresses, keys, programs " +
        '(provers, Lean, Temporal), models to ask, prices and a higher money limit is refused until you have read the file and ' +
        'said so here. A changed file is to be trusted anew.',
    )
    .argument('[file]', 'the configuration file', 'proofloop.toml')
    .option('--forget', 'trust it no longer')
    .addHelpText('after', examples('trust', 'trust ../other/proofloop.toml', 'trust --forget'))
    .action(
      action(async (name: string, options) => {
        const file = resolve(io.cwd, name);
        const configDir = xdgDirs(io.env).dirs.config;
        if (options.forget === true) {
          await setTrust(configDir, file, null);
          io.say(`${file} is not trusted any more.`);
          return EXIT.ok;
        }
        const bytes = await readFile(file).catch((cause: unknown) => {
          throw new ProofloopError('FILE_NOT_FOUND', `There is no readable file "${file}"`, { cause });
        });
        await setTrust(configDir, file, sha256(bytes));
        io.say(`${file} is trusted as it is now; a change of it is to be trusted anew.`);
        return EXIT.ok;
      }),
    );
};
