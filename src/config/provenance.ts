import type { Config, Provenance } from './config.ts';
import { masked } from './mask.ts';
import { isTable } from './sources.ts';

const leaves = (path: string, value: unknown): { path: string; value: unknown }[] =>
  isTable(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([name, v]) => leaves(`${path}.${name}`, v))
    : [{ path, value }];

/** One line for each single value of the configuration; `fromOf` knows where the value (or its table) came from. */
export const provenanceOf = (config: Config, fromOf: ReadonlyMap<string, string>): Provenance => {
  const nearest = (path: string): string => {
    const from = fromOf.get(path);
    return from ?? (path.includes('.') ? nearest(path.slice(0, path.lastIndexOf('.'))) : 'default');
  };
  const { prices, ...rest } = config;
  const flat = [
    ...Object.entries(rest).flatMap(([name, value]) => leaves(name, value)),
    ...prices.flatMap((price, i) => leaves(`prices.${i}`, price)),
  ];
  return flat.map(({ path, value }) => ({ path, value: masked(path, value), from: nearest(path) }));
};
