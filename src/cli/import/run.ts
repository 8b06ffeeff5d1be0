import type { Config } from '../../config/config.ts';
import { ProofloopError } from '../../model/errors.ts';
import type { ImportFormat } from '../../suite/import/formats.ts';
import { countsOf, type Imported, importItems } from '../../suite/import/import.ts';
import type { Item } from '../../suite/import/item.ts';
import { readSource } from '../../suite/import/read.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { writeRecord } from '../run/records.ts';
import { readSource as readText } from '../source/read.ts';
import { mayBeWritten, type Outputs, outputsOf, suiteText, writeImport } from './output.ts';
import { importProgress } from './progress.ts';
import { doneRecord, duplicateRecord, outcomeRecord, summaryLines } from './render.ts';

export type ImportCommand = {
  readonly sources: readonly string[];
  /** Null: the suite goes to standard output. */
  readonly output: string | null;
  readonly format: ImportFormat;
  readonly mapCore: boolean;
  readonly splits: readonly string[] | null;
  readonly limit: number | null;
  readonly source: string | undefined;
  readonly licence: string | undefined;
  /** A file with Lean text. */
  readonly header: string | null;
  readonly json: boolean;
};

/** Reads the sources, has every statement elaborated, and writes the suite and what is not in it. */
export const runImport = async ({ io }: Cli, config: Config, command: ImportCommand): Promise<ExitCode> => {
  const { output, mapCore, json, sources } = command;
  if (output === null && json)
    throw new ProofloopError('USAGE', '--json needs -o: standard output cannot hold the suite as well');
  const outputs = output === null ? null : outputsOf(output, mapCore, io.cwd);
  if (outputs !== null) await mayBeWritten(outputs, sources, io.cwd);
  const header = command.header === null ? null : (await readText(command.header, io.stdin, io.cwd)).text;
  const { createLeanService } = await import('../../../lean/index.ts');
  const progress = importProgress(io);
  const talk = (line: string) => progress.say(io.paintErr('dim', line));
  const lean = await createLeanService(config, talk);
  try {
    const { slots, wallMs, heartbeats } = config.lean;
    const imported = await importItems(itemsOf(io, command, outputs), lean, {
      ...{ mapCore, header, limit: command.limit, splits: command.splits },
      ...{ source: command.source, licence: command.licence },
      lean: { wallMs, heartbeats },
      jobs: slots,
      onNote: ({ file, line }, text) => talk(`${file}:${line}: ${text}`),
      onOutcome: ({ status }) => progress.done(status),
    });
    progress.stop();
    mustHoldSomething(imported, sources);
    const identity = await lean.identity();
    const exitCode = exitFor(imported);
    if (outputs !== null) await writeImport(outputs, imported.outcomes);
    else io.stdout.write(suiteText(imported.outcomes));
    if (json) {
      for (const outcome of imported.outcomes) writeRecord(io, 'theorem', outcomeRecord(outcome));
      for (const duplicate of imported.duplicates) writeRecord(io, 'duplicate', duplicateRecord(duplicate));
      writeRecord(io, 'done', doneRecord(imported, outputs, identity, mapCore, exitCode));
    }
    const talks = json || outputs === null;
    const lines = summaryLines(imported, outputs, identity, mapCore, talks ? io.paintErr : io.paintOut);
    for (const line of lines) (talks ? io.say : io.out)(line);
    return exitCode;
  } finally {
    progress.stop();
    await lean.close();
  }
};

async function* itemsOf(io: Io, command: ImportCommand, outputs: Outputs | null): AsyncGenerator<Item> {
  const { format } = command;
  const written = outputs === null ? [] : Object.values(outputs.paths);
  for (const name of command.sources)
    yield* readSource(name, { format, cwd: io.cwd, stdin: io.stdin, outputs: written });
}

function mustHoldSomething({ outcomes, otherSplits }: Imported, sources: readonly string[]): void {
  if (outcomes.length > 0) return;
  const splits = [...otherSplits.keys()].map((split) => (split === '' ? 'none' : `\`${split}\``));
  const why = splits.length > 0 ? `; of other splits there are: ${splits.join(', ')}` : '';
  throw new ProofloopError('IMPORT_NOTHING', `${sources.join(', ')}: no theorem to import${why}`);
}

const exitFor = ({ outcomes }: Imported): ExitCode => {
  const { rejected, bad } = countsOf(outcomes);
  return rejected + bad === 0 ? EXIT.ok : EXIT.unsolved;
};
