import { Option } from 'commander';
import { IMPORT_FORMATS } from '../../suite/import/formats.ts';
import { listed, positive } from '../arguments.ts';
import { type AddCommand, examples } from '../cli.ts';
import { configure, withConfig, withJson, withLean } from '../options.ts';

const OWN_EXIT_CODES = `
Exit codes:
  0    all that was read is in the suite (unchecked ones too; they are told)
  2    something is rejected or bad, and is not in it
  1    usage or infrastructure error, or there was nothing to read`;

export const addImport: AddCommand = (program, cli) => {
  withJson(withLean(withConfig(program.command('import'))))
    .summary('read theorems of other forms into a suite')
    .description(
      'Reads JSON lines of provers (DeepSeek-Prover, Goedel-Prover, Kimina, ProofNet, miniCodeProps), Lean files with `sorry`, ' +
        'folders of these, and tasks with marked proofs (VERINA) into one suite for `bench`. Every statement is elaborated ' +
        'by Lean; what it refuses is kept apart, with the reason. Nothing is dropped in silence.',
    )
    .argument('<source...>', 'files, folders, or - for JSON lines on standard input')
    .option(
      '-o, --output <file>',
      'the suite; what is not in it goes to FILE.rejected.jsonl (default: standard output)',
    )
    .addOption(
      new Option('--format <form>', 'what the sources hold (default: each record by its fields)').choices(
        IMPORT_FORMATS,
      ),
    )
    .option(
      '--map-core',
      'state theorems over Mathlib in core Lean, with definitions of ours; the suite is named …-core',
    )
    .option('--split <names>', 'only these parts of the set, e.g. test', listed)
    .option('--limit <n>', 'only the first n', positive)
    .option('--source <text>', 'what the records say of where they come from')
    .option('--licence <name>', 'what they say of their licence, e.g. MIT')
    .option('--header <file>', 'Lean text (imports, open) for records that have no header of their own')
    .addHelpText(
      'after',
      `${OWN_EXIT_CODES}\n${examples(
        'import minif2f.jsonl --split test -o minif2f-test.jsonl',
        'import minif2f.jsonl --map-core -o minif2f.jsonl      # writes minif2f-core.jsonl',
        'import ./MiniF2F ./proofnet.jsonl -o both.jsonl --lean-profile mathlib',
        'import verina/datasets/verina --licence Apache-2.0 -o verina.jsonl --json',
      )}`,
    )
    .action(
      cli.action(async (sources: string[], options) => {
        const { config } = await configure({ ...options, output: undefined }, cli.io);
        const { runImport } = await import('../import/run.ts');
        return runImport(cli, config, {
          sources,
          output: options.output ?? null,
          format: options.format ?? 'auto',
          mapCore: options.mapCore === true,
          splits: options.split ?? null,
          limit: options.limit ?? null,
          source: options.source,
          licence: options.licence,
          header: options.header ?? null,
          json: options.json === true,
        });
      }),
    );
};
