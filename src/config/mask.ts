const SECRET_NAME = /(^|[._-])(api[._-]?key|key|token|secret|password|passwd|credentials?)$/i;

/** In an address there is no dot or dash before it: `sslpassword`. */
const SECRET_PARAMETER = /(key|token|secret|password|passwd|credentials?)$/i;

const isUrl = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);

const maskUrl = (text: string): string => {
  try {
    const url = new URL(text);
    if (url.password !== '') url.password = '***';
    else if (url.username !== '') url.username = '***';
    for (const name of [...url.searchParams.keys()])
      if (SECRET_PARAMETER.test(name)) url.searchParams.set(name, '***');
    return url.href === new URL(text).href ? text : url.href;
  } catch {
    return '***';
  }
};

/**
 * The value as it may be printed: what a name such as `api_key` or an `env` table holds is hidden, and so are
 * passwords and keys in addresses.
 */
export const masked = (path: string, value: unknown): unknown => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (SECRET_NAME.test(path) || /(^|\.)env\./.test(path)) return '***';
  if (typeof value === 'string') return isUrl(value) ? maskUrl(value) : value;
  if (Array.isArray(value)) return value.map((v) => masked(path, v));
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, masked(`${path}.${k}`, v)]));
  return String(value);
};

/** The same as text for a message, at most one line. */
export const quoted = (path: string, value: unknown): string => {
  const shown = masked(path, value);
  const json = JSON.stringify(shown) ?? String(shown);
  return json.length > 120 ? `${json.slice(0, 117)}…` : json;
};
