import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessIdentity } from '../../src/temporal/process-identity.ts';

/** What the test files of one jest run share. */
export type Shared = {
  readonly cli: string;
  readonly address: string;
  readonly uiUrl: string;
  readonly server: ProcessIdentity;
  /** Path of the bundled workflows. */
  readonly bundle: string;
  /** Namespaces that no test file has taken yet: the task queues' names are the same in all. */
  readonly namespaces: readonly string[];
};

export const sharedFile = (dir: string): string => join(dir, 'shared.json');

export const readShared = (dir: string): Promise<Shared | null> =>
  readFile(sharedFile(dir), 'utf8').then(
    (text) => JSON.parse(text) as Shared,
    () => null,
  );
