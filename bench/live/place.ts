import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { Config } from '../../src/config/config.ts';
import { accessOf } from '../../src/prover/gemini/access.ts';
import { profileOf } from '../../src/prover/index.ts';
import { placeOf } from '../../src/prover/openai/place.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Addresses of this very machine: what answers there may be a test server, and nobody could tell. */
const OWN = new BlockList();
OWN.addSubnet('127.0.0.0', 8, 'ipv4');
OWN.addAddress('0.0.0.0', 'ipv4');
OWN.addAddress('::1', 'ipv6');
OWN.addAddress('::', 'ipv6');

const isOwn = (ip: string): boolean => OWN.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');

/** Whether an address leads to this machine, by its name or by what the name resolves to. */
export const isThisMachine = async (url: string): Promise<boolean> => {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (/(^|\.)(localhost|local|test|invalid|internal)$/i.test(host)) return true;
  if (isIP(host) !== 0) return isOwn(host);
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.some(({ address }) => isOwn(address));
};

/** Why the answers of this prover may not stand in the table of real models, or null. */
export const whyNotReal = async (config: Config, name: string, env: Env): Promise<string | null> => {
  const profile = profileOf(config, name);
  if (profile === undefined) return `there is no prover "${name}"`;
  if (profile.kind !== 'gemini' && profile.kind !== 'openai')
    return `"${name}" is of kind ${profile.kind}, which asks no model that could be named here`;
  const baseUrl = profile.kind === 'gemini' ? accessOf(profile, env).baseUrl : placeOf(profile, env).baseUrl;
  if (baseUrl !== null && (await isThisMachine(baseUrl)))
    return `"${name}" asks ${new URL(baseUrl).origin}, which is this machine: a simulated model never fills this table`;
  return null;
};
