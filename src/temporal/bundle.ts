import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { z } from 'zod';
import { type Bundle, cachedBundle } from './bundle-cache.ts';

const isSource = import.meta.url.endsWith('.ts');
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The workflows' entry, in the form (source or built) that this file itself has. */
const workflowsPath = here(`../../workflows/index${isSource ? '.ts' : '.js'}`);

/** The built package carries the bundle beside its code: no bundler runs at a user's start. */
const builtBundle = here('../../workflow-bundle.js');

const bundle = async (): Promise<Bundle> => {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  return { code, sources: sourcesOf(code) };
};

const MAP = 'sourceMappingURL=data:application/json;charset=utf-8;base64,';
const mapSchema = z.object({ sources: z.array(z.string()) });

/** Our own files in a bundle, by its source map; packages and what the bundler makes up are left out. */
const sourcesOf = (code: string): string[] => {
  const start = code.lastIndexOf(MAP);
  if (start < 0) throw new Error('the workflow bundle has no source map');
  const json = Buffer.from(code.slice(start + MAP.length), 'base64').toString('utf8');
  return mapSchema
    .parse(JSON.parse(json))
    .sources.filter((path) => isAbsolute(path) && !path.includes('/node_modules/') && !path.endsWith('.cjs'));
};

/** Bundles the workflows into one file; throws if one of them imports what the sandbox does not have. */
export const buildWorkflowBundle = async (outFile: string): Promise<void> => {
  await mkdir(dirname(outFile), { recursive: true });
  await writeFile(outFile, (await bundle()).code);
};

/**
 * Path of the bundle that a worker runs: the package's own, or in a checkout one of the sources as they are,
 * kept in the cache folder because bundling takes seconds.
 */
export const workflowBundle = (cacheDir: string): Promise<string> =>
  isSource
    ? cachedBundle(
        join(cacheDir, 'workflow-bundle'),
        { name: workflowsPath, lock: here('../../package-lock.json') },
        bundle,
      )
    : Promise.resolve(builtBundle);
