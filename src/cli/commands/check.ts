import { type AddCommand, type Cli, examples } from '../cli.ts';
import type { ExitCode } from '../exit.ts';
import { asFault } from '../fault.ts';
import { configure, withConfig, withJson, withLean } from '../options.ts';
import { writeRecord } from '../run/records.ts';

/** Milliseconds for a whole file, where nobody says otherwise: it may hold many theorems. */
const FILE_MS = 60_000;

const OWN_EXIT_CODES = `
Exit codes:
  0    everything is accepted
  2    something is refused
  1    it could not be judged: unreadable file, a challenge that Lean refuses, a missing import, no answer in time, a fault`;

export const addCheck: AddCommand = (program, cli) => {
  withJson(withLean(withConfig(program.command('check'))))
    .summary('judge a proof, or the proofs of a run once more')
    .description(
      'With two files: is SUBMISSION an honest proof of what CHALLENGE states? Every theorem of the challenge whose ' +
        'proof is `sorry` has to be proved in the submission, under the same name, for the same statement, over unchanged ' +
        'definitions; imports, comments and helper lemmas may differ. With one argument: every stored proof of a run is ' +
        'judged once more, whatever the store knows of it. No model is asked and no Temporal server is needed.',
    )
    .argument(
      '<challenge>',
      'Lean file with the statements, or - for standard input; alone: a folder of `bench -o`, or a run',
    )
    .argument('[submission]', 'Lean file with the proofs, or - for standard input')
    .option('--timeout <time>', 'wall clock of a check, e.g. 60s (default: 60s for files)')
    .addHelpText(
      'after',
      `${OWN_EXIT_CODES}\n${examples(
        'check Challenge.lean Submission.lean',
        'check Challenge.lean - --json < Answer.lean',
        'check results                     # a folder that bench -o wrote',
        'check bench-hard-0123456789ab     # a run of the store',
        'check Challenge.lean Submission.lean --lean-command "lake exe repl" --lean-cwd ../mathlib-project',
      )}`,
    )
    .action(
      cli.action((challenge: string, submission: string | undefined, options) =>
        told(cli, options.json === true, async () => {
          const checkTimeout = options.timeout ?? options.checkTimeout;
          const { config, provenance } = await configure(
            { ...options, timeout: undefined, checkTimeout },
            cli.io,
          );
          const isDefault = provenance.some((p) => p.path === 'lean.wallMs' && p.from === 'default');
          const wallMs = isDefault ? FILE_MS : config.lean.wallMs;
          const json = options.json === true;
          if (submission === undefined) {
            const { runResultsCheck } = await import('../check/run-results.ts');
            const own = isDefault ? null : config.lean.wallMs;
            return runResultsCheck(cli, config, { results: challenge, wallMs: own, json });
          }
          const { runCheck } = await import('../check/run.ts');
          return runCheck(cli, config, { challenge, submission, wallMs, json });
        }),
      ),
    );
};

/** With `--json` a fault is a record too, so that whoever reads standard output learns of it. */
const told = async ({ io }: Cli, json: boolean, work: () => Promise<ExitCode>): Promise<ExitCode> => {
  try {
    return await work();
  } catch (error) {
    if (json) {
      const { code, message, fix } = asFault(error, () => '');
      writeRecord(io, 'error', { code, message, fix, exitCode: 1 });
    }
    throw error;
  }
};
