import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Where elan keeps itself and its toolchains. */
export const elanHome = (env: Env): string => env.ELAN_HOME ?? join(env.HOME ?? homedir(), '.elan');

/** PATH with elan's programs at its end: who has just installed it finds it in later shells only. */
export const pathWithElan = (env: Env): string =>
  [...(env.PATH ?? '').split(delimiter).filter((dir) => dir !== ''), join(elanHome(env), 'bin')].join(
    delimiter,
  );
