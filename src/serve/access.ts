import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { HttpFault } from './http-fault.ts';

const LOOPBACK_NAMES = new Set(['localhost', 'ip6-localhost', 'ip6-loopback']);

/** Only this machine reaches a server that listens there. */
export const isLoopback = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return LOOPBACK_NAMES.has(bare) || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
};

/** The name in a `Host` header or an origin's authority, without port and brackets; null when it is none. */
function hostName(authority: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@?#\\]+))(?::\d{1,5})?$/i.exec(authority);
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}

/**
 * A page of another site reaches a server on this machine by a name that it made point here (DNS rebinding), so only
 * the server's own names and plain addresses may be named, and a browser may only come from the server's own pages.
 * Throws 403.
 */
export function checkOrigin(headers: IncomingHttpHeaders, bound: string, allowed: readonly string[]): void {
  const known = (authority: string): boolean => {
    const name = hostName(authority);
    if (name === null) return false;
    if (isLoopback(name) || name === bound.toLowerCase()) return true;
    if (allowed.some((host) => host.toLowerCase() === name || host.toLowerCase() === authority.toLowerCase()))
      return true;
    // An address cannot be made to point elsewhere; on loopback no other one is ours.
    return isIP(name) !== 0 && !isLoopback(bound);
  };
  const { host = '', origin } = headers;
  if (!known(host))
    throw new HttpFault(
      403,
      'host_not_allowed',
      `this server does not answer to the host ${JSON.stringify(host)}; allow it with --allowed-hosts`,
    );
  if (origin === undefined) return;
  const own = URL.canParse(origin) ? new URL(origin).host : '';
  if (own === '' || own.toLowerCase() !== withoutUsualPort(origin, host))
    throw new HttpFault(
      403,
      'origin_not_allowed',
      `requests from pages of ${JSON.stringify(origin)} are not answered`,
    );
}

const withoutUsualPort = (origin: string, host: string): string =>
  host.toLowerCase().replace(origin.startsWith('https:') ? /:443$/ : /:80$/, '');

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Throws 401 unless `Authorization: Bearer KEY` has one of the keys. Compared in constant time. */
export function createKeyCheck(keys: readonly string[]): (headers: IncomingHttpHeaders) => void {
  const digests = keys.map(digest);
  const refuse = (detail: string) =>
    new HttpFault(401, 'unauthorized', detail, { 'www-authenticate': 'Bearer' });
  return ({ authorization }) => {
    if (digests.length === 0) return;
    const [, given] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
    if (given === undefined) throw refuse('Missing API key');
    const found = digest(given);
    // Each is compared, so that the time tells nothing of which one it was like.
    if (digests.filter((known) => timingSafeEqual(known, found)).length === 0)
      throw refuse('Invalid API key');
  };
}
