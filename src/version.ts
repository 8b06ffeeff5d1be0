import { readFileSync } from 'node:fs';

/** The package's version, from the nearest package.json above this file (in the checkout or in `dist/`). */
export const version = (): string => {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    try {
      const found = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (found.name === 'proofloop') return found.version ?? 'unknown';
    } catch {
      // No package.json here: the next folder up may have it.
    }
    if (folder.pathname === '/') return 'unknown';
  }
};
