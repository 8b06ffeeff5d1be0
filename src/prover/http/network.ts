const causeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;

/** The innermost code of a network error, e.g. ECONNREFUSED; undici hangs it on `cause`. */
export function networkCode(error: unknown): string | null {
  for (
    let e = error, depth = 0;
    typeof e === 'object' && e !== null && depth < 6;
    e = causeOf(e), depth += 1
  ) {
    if ('code' in e && typeof e.code === 'string') return e.code;
    if ('errors' in e && Array.isArray(e.errors) && e.errors.length > 0) return networkCode(e.errors[0]);
  }
  return null;
}

/** Codes of connections that never came about: no request was sent, so nobody can bill one. */
const UNSENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

export const wasSent = (code: string | null): boolean => code === null || !UNSENT.has(code);

/** `fetch` refuses some ports by itself (9, 6000, 10080 and others of the Fetch standard): no later try will be sent either. */
export const isRefusedPort = (error: unknown): boolean => {
  const cause = causeOf(error);
  return cause === undefined ? thrownOf(error).message === 'bad port' : isRefusedPort(cause);
};

export const REFUSED_PORT = {
  what: 'fetch refuses the port of this address, whoever listens there',
  fix: 'Let the server listen on another port, and put that into base_url.',
} as const;

export type Thrown = { readonly name: string; readonly message: string; readonly status: number | null };

/** By its fields, not by class: an error may come from another realm than ours. */
export const thrownOf = (error: unknown): Thrown => {
  const e = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  return {
    name: typeof e.name === 'string' ? e.name : '',
    message: typeof e.message === 'string' ? e.message : String(error),
    status: typeof e.status === 'number' ? e.status : null,
  };
};

export { causeOf };
