import { cp, glob, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { bundleHost } from '../lean/embedded/host/bundle.ts';
import { gitRevision, REVISION_FILE } from '../src/cli/revision.ts';

/**
 * Makes `dist/`, what the published package runs: compiled sources (Node strips no types below node_modules),
 * the data files that sources read beside themselves, the workflow bundle, so that no worker needs webpack at start, and
 * the programs of the Lean host, one file each.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ['src', 'workflows', 'activities', 'lean'];
const ASSETS = SOURCES.map((folder) => `${folder}/**/*.{gz,json,txt,sql}`);

await rm(join(root, 'dist'), { recursive: true, force: true });
await execa(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
for await (const file of glob(ASSETS, { cwd: root })) await cp(join(root, file), join(root, 'dist', file));

const bundle: { buildWorkflowBundle(outFile: string): Promise<void> } = await import(
  new URL('../dist/src/temporal/bundle.js', import.meta.url).href
);
await bundle.buildWorkflowBundle(join(root, 'dist', 'workflow-bundle.js'));

await bundleHost(join(root, 'dist/lean/embedded/host/bundle'));

await writeFile(
  join(root, REVISION_FILE),
  `${(await gitRevision(pathToFileURL(`${root}/`))) ?? 'unknown'}\n`,
);
