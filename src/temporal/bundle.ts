import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';

const isSource = import.meta.url.endsWith('.ts');
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The workflows' entry, in the form (source or built) that this file itself has. */
const workflowsPath = here(`../../workflows/index${isSource ? '.ts' : '.js'}`);

/** The built package carries the bundle beside its code: no bundler runs at a user's start. */
const builtBundle = here('../../workflow-bundle.js');

/** Bundles the workflows into one file; throws if one of them imports what the sandbox does not have. */
export const buildWorkflowBundle = async (outFile: string): Promise<void> => {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  await mkdir(dirname(outFile), { recursive: true });
  await writeFile(outFile, code);
};

/** Where a worker takes its workflows from: the prebuilt bundle of the package, else the sources. */
export const workflowCode = ():
  | { readonly workflowBundle: WorkflowBundleOption }
  | { readonly workflowsPath: string } =>
  isSource ? { workflowsPath } : { workflowBundle: { codePath: builtBundle } };
