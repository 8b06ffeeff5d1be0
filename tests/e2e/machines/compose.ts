import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../support/cli.ts';

export type Service = {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: object;
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly deploy?: { readonly replicas: string };
};
export type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
};

export const readCompose = async (): Promise<Compose> =>
  parse(await readFile(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true });

/** `${NAME:-default}` and `${NAME:?why}` as Compose replaces them. */
export const interpolate = (text: string, env: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, how: string, rest: string) => {
    const value = env[name];
    if (value) return value;
    if (how === '?') throw new Error(rest);
    return rest ?? '';
  });
