import { duration, type Form, names, path, text, wholeNumber, yesOrNo } from './values.ts';

/** `proofloop serve`. */
export type ServeConfig = {
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** Host names that a request may name besides the server's own address; null = no others. */
  readonly allowedHosts: readonly string[] | null;
  /** One API key a line. */
  readonly apiKeyFile: string | null;
  readonly allowNoKey: boolean;
  /** Snippets that wait or run at once. */
  readonly queue: number;
  /** HTTP requests at once. */
  readonly requests: number;
  readonly bodyMiB: number;
  /** The most that a request may ask for a snippet. */
  readonly timeoutMs: number;
  /** How long a snippet may wait for a Lean instance. */
  readonly waitMs: number;
  /** How long running snippets may take when the server ends. */
  readonly graceMs: number;
};

type Row<P extends string, F extends string, T, D> = {
  readonly path: P;
  readonly key: string;
  readonly flag: F;
  readonly form: Form<T>;
  readonly default: () => D;
};
const row = <const P extends string, const F extends string, T, D extends T | null>(
  path: P,
  key: string,
  flag: F,
  form: Form<T>,
  value: D,
): Row<P, F, T, D> => ({ path, key, flag, form, default: () => value });

export const SERVE_SETTINGS = [
  row('serve.host', 'serve.host', 'host', text, '127.0.0.1'),
  row('serve.port', 'serve.port', 'port', wholeNumber(0, 65_535), 8000),
  row('serve.allowedHosts', 'serve.allowed_hosts', 'allowedHosts', names, null),
  row('serve.apiKeyFile', 'serve.api_key_file', 'apiKeyFile', path, null),
  row('serve.allowNoKey', 'serve.allow_no_key', 'allowNoKey', yesOrNo, false),
  row('serve.queue', 'serve.queue', 'queue', wholeNumber(1), 1024),
  row('serve.requests', 'serve.requests', 'maxRequests', wholeNumber(1), 256),
  row('serve.bodyMiB', 'serve.body_mib', 'maxBody', wholeNumber(1, 256), 8),
  row('serve.timeoutMs', 'serve.timeout', 'maxTimeout', duration, 300_000),
  row('serve.waitMs', 'serve.wait', 'maxWait', duration, 600_000),
  row('serve.graceMs', 'serve.grace', 'grace', duration, 30_000),
] as const;
