import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { z } from 'zod';
import { extractEntry } from './unzip.ts';

/** Where Temporal's own SDKs get the CLI for their test servers; the answer names the archive for a platform. */
const OFFICIAL = 'https://temporal.download/cli/default';
const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const ARCHS: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

const infoSchema = z.object({ archiveUrl: z.url(), fileToExtract: z.string().min(1) });

/** Fails a stream that brings nothing for `ms` milliseconds. */
const stallGuard = (ms: number): Transform => {
  const late = () => guard.destroy(new Error(`no data for ${ms} ms`));
  let timer = setTimeout(late, ms);
  const guard: Transform = new Transform({
    transform(chunk, _encoding, done) {
      clearTimeout(timer);
      timer = setTimeout(late, ms);
      done(null, chunk);
    },
    destroy(error, done) {
      clearTimeout(timer);
      done(error);
    },
    flush(done) {
      clearTimeout(timer);
      done();
    },
  });
  return guard;
};

/**
 * Downloads the official archive into `folder` and returns the path of the binary in it.
 * Gives up when nothing comes for `patienceMs` milliseconds.
 */
export const downloadOfficialCli = async (
  folder: string,
  patienceMs: number,
  from: string = OFFICIAL,
): Promise<string> => {
  const platform = PLATFORMS[process.platform];
  const arch = ARCHS[process.arch];
  if (platform === undefined || arch === undefined)
    throw new Error(`no official binary for ${process.platform} ${process.arch}`);
  const query = new URLSearchParams({
    arch,
    platform,
    'sdk-name': 'sdk-typescript',
    'sdk-version': '1.24.0',
  });
  const answer = await fetch(`${from}?${query}`, { signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok) throw new Error(`${from} answered ${answer.status}`);
  const info = infoSchema.parse(await answer.json());
  const stop = new AbortController();
  const connect = setTimeout(() => stop.abort(new Error(`no answer in ${patienceMs} ms`)), patienceMs);
  const response = await fetch(info.archiveUrl, { signal: stop.signal }).finally(() => clearTimeout(connect));
  if (!response.ok || response.body === null)
    throw new Error(`${info.archiveUrl} answered ${response.status}`);
  const archive = join(folder, 'archive');
  await pipeline(Readable.fromWeb(response.body), stallGuard(patienceMs), createWriteStream(archive));
  const binary = join(folder, 'temporal');
  if (new URL(info.archiveUrl).pathname.endsWith('.zip')) {
    await extractEntry(archive, (name) => name === info.fileToExtract, binary);
    return binary;
  }
  await extract({ file: archive, cwd: folder, filter: (path) => path === info.fileToExtract });
  return join(folder, info.fileToExtract);
};
