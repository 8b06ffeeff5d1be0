import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { loadConfig } from '../../src/config/load.ts';
import type { ConfigFlags } from '../../src/config/settings.ts';
import { setTrust, sha256 } from '../../src/config/trust.ts';

/** A home and a project folder of each test's own; `env` is all of the environment that is read. */
export const site = { home: '', cwd: '', env: {} as Record<string, string> };

beforeEach(async () => {
  site.home = await realpath(await mkdtemp(join(tmpdir(), 'proofloop-config-')));
  site.cwd = join(site.home, 'project');
  await mkdir(join(site.home, 'xdg', 'proofloop'), { recursive: true });
  await mkdir(site.cwd);
  site.env = { HOME: site.home, XDG_CONFIG_HOME: join(site.home, 'xdg') };
});
afterEach(() => rm(site.home, { recursive: true, force: true }));

export const load = (flags: ConfigFlags = {}) => loadConfig({ flags, env: site.env, cwd: site.cwd });
export const project = (text: string) => writeFile(join(site.cwd, 'proofloop.toml'), text);
export const own = (text: string) => writeFile(join(site.home, 'xdg', 'proofloop', 'config.toml'), text);
export const from = async (path: string, flags: ConfigFlags = {}) =>
  (await load(flags)).provenance.find((p) => p.path === path)?.from;

/** As `proofloop trust` does. */
export const trust = async () => {
  const file = join(site.cwd, 'proofloop.toml');
  await setTrust(join(site.home, 'xdg', 'proofloop'), file, sha256(await readFile(file)));
};
