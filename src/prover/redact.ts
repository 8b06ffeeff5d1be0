/** Shapes of Google credentials that may turn up in error texts: API keys, OAuth tokens, `key=` in addresses. */
const SHAPES: readonly RegExp[] = [
  /\b(?:Bearer|Basic)\s+[0-9A-Za-z._~+/=-]{8,}/gi,
  /AIza[0-9A-Za-z_-]{10,}/g,
  /\bAQ\.[0-9A-Za-z_-]{16,}/g,
  /\bya29\.[0-9A-Za-z._-]+/g,
  /\bsk-[0-9A-Za-z_-]{16,}/g,
];
const KEY_PARAMETER = /([?&](?:key|access_token|api_key)=)[^&\s"'\\]+/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** Environment variables whose values are secrets of the providers that this program talks to. */
export const SECRET_VARIABLES = ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENAI_API_KEY'] as const;

/** Values of the secret variables that are set now; `more` names further variables. */
export const secretsOf = (
  env: Readonly<Record<string, string | undefined>>,
  more: readonly (string | null)[] = [],
): readonly string[] =>
  [...SECRET_VARIABLES, ...more].flatMap((name) => {
    const value = name === null ? undefined : env[name]?.trim();
    return value === undefined || value.length < 4 ? [] : [value];
  });

/** The text without keys and tokens: known values first, then whatever has a credential's shape. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let out = text;
  for (const secret of secrets) {
    out = out.replaceAll(secret, '[redacted]').replaceAll(encodeURIComponent(secret), '[redacted]');
  }
  out = out.replace(PRIVATE_KEY, '[redacted]').replace(KEY_PARAMETER, '$1[redacted]');
  for (const shape of SHAPES) out = out.replace(shape, '[redacted]');
  return out;
}
