type Handler = unknown;
type Dispatcher = { dispatch(options: object, handler: Handler): boolean };

/** Where Node keeps the dispatcher of its own `fetch`, also one that a proxy setting has put there. */
const GLOBAL = Symbol.for('undici.globalDispatcher.1');

/**
 * Node's fetch gives up after 300 s without headers, or between two pieces of a body; a model that thinks takes longer.
 * A request has a deadline of its own, so both limits are lifted; everything else stays with Node's dispatcher.
 */
const patient: Dispatcher = {
  dispatch: (options, handler) =>
    (globalThis as unknown as Record<symbol, Dispatcher>)[GLOBAL]!.dispatch(
      { ...options, headersTimeout: 0, bodyTimeout: 0 },
      handler,
    ),
};

export const patientFetch: typeof fetch = (input, init) => {
  const known = (globalThis as unknown as Record<symbol, Dispatcher | undefined>)[GLOBAL] !== undefined;
  // A redirect would take prompt and key to another place than the one that was configured.
  return fetch(input, { ...init, redirect: 'manual', ...(known && { dispatcher: patient }) } as RequestInit);
};
