import { resolve } from 'node:path';

/** True for the address of a PostgreSQL database; all else names an SQLite file. */
export const isPostgres = (place: string): boolean => /^postgres(ql)?:\/\//i.test(place);

/** Parameters of an address that say where the database is; all others may be secrets. */
const WHERE = ['host', 'port', 'user'];

/** The place as people, state files, logs and histories may see it: an address without its password. */
export const shownPlace = (place: string): string => {
  if (!isPostgres(place)) return resolve(place);
  const url = new URL(place);
  url.password = '';
  for (const name of [...url.searchParams.keys()]) if (!WHERE.includes(name)) url.searchParams.delete(name);
  url.hash = '';
  return url.href;
};
