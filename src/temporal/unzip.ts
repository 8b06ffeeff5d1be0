import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/** Writes the one entry of a zip file that `wanted` picks to `target`; throws if there is none. */
export const extractEntry = async (
  zip: string,
  wanted: (name: string) => boolean,
  target: string,
): Promise<void> => {
  const file = await openPromise(zip);
  try {
    for await (const entry of file.eachEntry()) {
      if (!wanted(entry.fileName)) continue;
      await pipeline(await file.openReadStreamPromise(entry), createWriteStream(target));
      return;
    }
    throw new Error(`${zip} lacks the file that was expected in it`);
  } finally {
    file.close();
  }
};
