import { ProofloopError } from '../../model/index.ts';

type Cause = readonly [what: string, fix: string];

/** SQLSTATE codes (PostgreSQL, appendix A) and codes of Node's sockets that a user can do something about. */
const CAUSES: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  ['28P01', ['the password was refused', 'Set PGPASSWORD, or add the line to ~/.pgpass.']],
  ['28000', ['the user was refused', 'Check the user in the address and the server’s pg_hba.conf.']],
  ['3D000', ['there is no such database', 'Make it (`createdb NAME`), or name another with --store.']],
  ['42501', ['the user lacks a right', 'The user has to own the database, or may CREATE in it.']],
  ['25006', ['the server is read-only (a standby?)', 'Name the primary server with --store.']],
  ['53100', ['the disk of the server is full', 'Free some space there.']],
  ['53300', ['the server has no connection left', 'Raise max_connections, or end what holds them.']],
  ['ECONNREFUSED', ['nothing listens there', 'Start PostgreSQL, or check host and port.']],
  ['ENOTFOUND', ['the host is not known', 'Check the host in the address.']],
  ['EAI_AGAIN', ['the host’s name cannot be looked up now', 'Check the host and the network.']],
]);

/** What pg itself throws has no code. */
const MESSAGES: readonly (readonly [RegExp, Cause])[] = [
  [
    /password must be a (non-empty )?string/,
    ['the server asks for a password', 'Set PGPASSWORD, or add the line to ~/.pgpass.'],
  ],
  [
    /timeout|timed out/i,
    ['it does not answer in time', 'Check the network between this machine and the server.'],
  ],
];

const codeOf = (e: unknown): string => {
  const { code, errors } = (e ?? {}) as { code?: unknown; errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  // A host with several addresses fails with all of their faults.
  return errors?.length ? codeOf(errors[0]) : '';
};

const LOST_MESSAGE =
  /Connection terminated|connection (error|is closed)|not queryable|timeout exceeded|Query read timeout/i;

/**
 * True where the same call may succeed in a moment: the server was restarted or is not there yet (57P…), the
 * connection was lost (08…, sockets), there are too many, or two transactions met (40…). All calls are
 * repeatable: whether the lost one was committed makes no difference.
 */
export const isPassing = (e: unknown): boolean => {
  const code = codeOf(e);
  if (/^(08...|57P0.|57014|53300|40001|40P01|55P03)$/.test(code)) return true;
  if (
    /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EAI_AGAIN)$/.test(code)
  )
    return true;
  return LOST_MESSAGE.test((e as Error | null)?.message ?? '');
};

/** The one translator of the errors of PostgreSQL and pg into STORE_UNUSABLE. */
export const storeFault = (location: string, e: unknown): unknown => {
  if (e instanceof ProofloopError) return e;
  const code = codeOf(e);
  const message = (e as Error | null)?.message || code || String(e);
  const [what, fix] = CAUSES.get(code) ??
    MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ?? [
      message,
      'Look at the server: `psql` with the same address shows what it says.',
    ];
  const detail = what === message ? '' : ` (${code === '' ? '' : `${code}: `}${message})`;
  return new ProofloopError('STORE_UNUSABLE', `The store "${location}" is unusable: ${what}${detail}`, {
    fix,
    cause: e,
  });
};
