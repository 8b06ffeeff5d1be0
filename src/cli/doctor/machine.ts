import { dirname } from 'node:path';
import type { Config } from '../../config/config.ts';
import { asFault } from '../fault.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export const nodeFinding = (): Finding => {
  const { node } = process.versions;
  const text = `Node ${node} on ${process.platform} ${process.arch}`;
  return Number(node.split('.')[0]) >= 24
    ? ok('node', text)
    : fail('node', text, 'Update Node to 24 or newer.');
};

/** Opens the store, which writes to it. */
export const storeFindings = async (config: Config): Promise<Finding[]> => {
  const { openStore } = await import('../../store/index.ts');
  const { remoteFileSystem } = await import('../../store/file-system.ts');
  try {
    const store = await openStore(config.store);
    try {
      const { runs } = await store.stats();
      if (store.kind === 'postgres')
        return [
          ok('store', `PostgreSQL ${store.location} is writable, ${runs} runs; any number of machines`),
        ];
      const remote = await remoteFileSystem(dirname(config.store));
      return [
        ok('store', `SQLite ${store.location} is writable, ${runs} runs; one machine`),
        remote === null
          ? ok('store', 'it lies on a local file system')
          : warn(
              'store',
              `it lies on ${remote}, where SQLite cannot lock safely`,
              'Name a local file with --store.',
            ),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    const fault = asFault(error, () => '');
    return [fail('store', fault.message, fault.fix)];
  }
};
