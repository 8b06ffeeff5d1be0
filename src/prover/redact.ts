/** Shapes of credentials that may turn up in error texts: keys and tokens of providers, header lines. */
const SHAPES: readonly RegExp[] = [
  /\b(?:Bearer|Basic)\s+[0-9A-Za-z._~+/=-]{8,}/gi,
  /AIza[0-9A-Za-z_-]{10,}/g,
  /\bAQ\.[0-9A-Za-z_-]{16,}/g,
  /\bya29\.[0-9A-Za-z._-]+/g,
  /\b1\/\/[0-9A-Za-z_-]{20,}/g,
  /\bsk-[0-9A-Za-z_-]{16,}/g,
  /\bhf_[0-9A-Za-z]{16,}/g,
  /\beyJ[0-9A-Za-z_-]{4,}\.[0-9A-Za-z_-]{4,}\.[0-9A-Za-z_-]{4,}/g,
];
const NAMES =
  '(?:x-goog-)?api[-_]?key|key|access[-_]token|refresh[-_]token|id[-_]token|token|client[-_]secret|private[-_]key(?:[-_]id)?|password|secret|signature';
/** `?key=…` in an address. */
const PARAMETER = new RegExp(`([?&](?:${NAMES})=)[^&\\s"'\\\\]+`, 'gi');
/** `"private_key": "…"` in JSON. */
const FIELD = new RegExp(`("(?:${NAMES})"\\s*:\\s*")(?:\\\\.|[^"\\\\])*`, 'gi');
/** The same in JSON that is a string of JSON itself. */
const QUOTED_FIELD = new RegExp(`(\\\\"(?:${NAMES})\\\\"\\s*:\\s*\\\\")(?:(?!\\\\").)*`, 'gi');
/** `x-goog-api-key: …`, `Authorization: …`, `api-key=…` as a header line or a dump of headers has them. */
const HEADER =
  /\b((?:proxy-)?authorization|(?:x-goog-)?api-key|x-api-key|(?:set-)?cookie)(["']?\s*[:=]\s*["']?)(?!\s*\[redacted\])[^\s"',}][^\r\n"',}]*/gi;
/** `http://user:password@proxy`. */
const USER_INFO = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** Environment variables whose values are secrets of the providers that this program talks to. */
export const SECRET_VARIABLES = [
  'GEMINI_API_KEY',
  'GOOGLE_API_KEY',
  'GOOGLE_GENAI_API_KEY',
  'OPENAI_API_KEY',
] as const;

/** Other variables whose names say that they hold a secret. */
const SECRET_NAME = /(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD)$/;
/** Shorter values of such variables are rather words than secrets. */
const LEAST = 8;

type Env = Readonly<Record<string, string | undefined>>;

/** Values of the secret variables that are set now; `more` names further variables. Longer ones first. */
export const secretsOf = (env: Env, more: readonly (string | null)[] = []): readonly string[] => {
  const named = [...SECRET_VARIABLES, ...more].flatMap((name) => secretIn(env, name, 4));
  const guessed = Object.keys(env).flatMap((name) =>
    SECRET_NAME.test(name) ? secretIn(env, name, LEAST) : [],
  );
  return [...new Set([...named, ...guessed])].sort((a, b) => b.length - a.length);
};

const secretIn = (env: Env, name: string | null, least: number): string[] => {
  const value = name === null ? undefined : env[name]?.trim();
  return value === undefined || value.length < least ? [] : [value];
};

/** The text without keys and tokens: known values first, then whatever has a credential's shape or place. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let out = text;
  for (const secret of secrets) {
    out = out.replaceAll(secret, '[redacted]').replaceAll(encodeURIComponent(secret), '[redacted]');
  }
  out = out
    .replace(PRIVATE_KEY, '[redacted]')
    .replace(QUOTED_FIELD, '$1[redacted]')
    .replace(FIELD, '$1[redacted]')
    .replace(PARAMETER, '$1[redacted]')
    .replace(USER_INFO, '$1[redacted]@');
  for (const shape of SHAPES) out = out.replace(shape, '[redacted]');
  return out.replace(HEADER, '$1$2[redacted]');
}
