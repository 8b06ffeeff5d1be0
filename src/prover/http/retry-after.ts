/** The longest that a provider's wish is obeyed, in milliseconds: an hour. */
const MOST = 3_600_000;

/**
 * Milliseconds that a server asks to wait: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), or OpenAI's
 * `retry-after-ms`. Null where it says nothing that can be read; `now` is milliseconds since the epoch.
 */
export function retryAfterMs(header: (name: string) => string | null, now: number): number | null {
  const ms = Number.parseFloat(header('retry-after-ms') ?? '');
  if (Number.isFinite(ms) && ms >= 0) return Math.min(MOST, Math.ceil(ms));
  const text = header('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(MOST, Math.ceil(Number(text) * 1000));
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(MOST, Math.max(0, at - now));
}
