import { existsSync, readFileSync } from 'node:fs';
import { execa } from 'execa';

const packageRoot = (): URL => {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder))
    if (folder.pathname === '/' || existsSync(new URL('package.json', folder))) return folder;
};

/** What `npm run build` writes beside the compiled sources, because a package has no git. */
export const REVISION_FILE = 'dist/revision.txt';

/** Of a checkout: the commit, and `+ changes` where files under version control differ from it. Null: nobody knows. */
export const gitRevision = async (root: URL): Promise<string | null> => {
  if (!existsSync(new URL('.git', root))) return null;
  const git = (...args: string[]) => execa('git', args, { cwd: root, timeout: 5000, reject: false });
  const [commit, changes] = await Promise.all([
    git('rev-parse', 'HEAD'),
    git('status', '--porcelain', '--untracked-files=no'),
  ]);
  if (commit.exitCode !== 0) return null;
  return `${commit.stdout.trim()}${changes.stdout.trim() === '' ? '' : ' + changes'}`;
};

/** The revision of proofloop itself, in a checkout as in an installed package. */
export const revision = async (): Promise<string> => {
  const root = packageRoot();
  const built = new URL(REVISION_FILE, root);
  return (
    (await gitRevision(root)) ?? (existsSync(built) ? readFileSync(built, 'utf8').trim() : null) ?? 'unknown'
  );
};
