import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export type Dirs = {
  readonly cache: string;
  readonly data: string;
  readonly state: string;
  readonly config: string;
};
export type Env = Readonly<Record<string, string | undefined>>;

const HOMES = {
  cache: ['XDG_CACHE_HOME', '.cache'],
  data: ['XDG_DATA_HOME', '.local/share'],
  state: ['XDG_STATE_HOME', '.local/state'],
  config: ['XDG_CONFIG_HOME', '.config'],
} as const;

/**
 * Our folders by the XDG Base Directory Specification (0.8), which has relative values ignored; `from` names
 * the variable that decided, or `default`.
 */
export const xdgDirs = (
  env: Env,
): { readonly dirs: Dirs; readonly from: Readonly<Record<keyof Dirs, string>> } => {
  const home = env.HOME !== undefined && isAbsolute(env.HOME) ? env.HOME : homedir();
  const dirs = {} as Record<keyof Dirs, string>;
  const from = {} as Record<keyof Dirs, string>;
  for (const [name, [variable, fallback]] of Object.entries(HOMES) as [
    keyof Dirs,
    readonly [string, string],
  ][]) {
    const value = env[variable];
    const given = value !== undefined && isAbsolute(value);
    dirs[name] = join(given ? value : join(home, fallback), 'proofloop');
    from[name] = given ? variable : 'default';
  }
  return { dirs, from };
};
