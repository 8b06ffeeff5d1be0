import { readFile } from 'node:fs/promises';
import type { ServeConfig } from '../config/serve.ts';
import { ProofloopError } from '../model/errors.ts';
import { isLoopback } from './access.ts';

/** What Kimina's server and client read. A key on the command line would be seen by every user of the machine. */
export const KEY_VARIABLE = 'LEAN_SERVER_API_KEY';

/**
 * The API keys that open the server; none = no key is asked for. Rejects with FILE_UNREADABLE, and with USAGE when others
 * could reach a server without a key.
 */
export async function readKeys(
  config: Pick<ServeConfig, 'apiKeyFile' | 'host' | 'allowNoKey'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const keys = [...words(env[KEY_VARIABLE] ?? ''), ...(await keysOf(config.apiKeyFile))];
  if (keys.length > 0 || config.allowNoKey || isLoopback(config.host)) return keys;
  throw new ProofloopError('USAGE', `others can reach ${config.host}, and there is no API key`, {
    fix: `Set ${KEY_VARIABLE}, or name a file with --api-key-file, or say --allow-no-key.`,
  });
}

async function keysOf(file: string | null): Promise<readonly string[]> {
  if (file === null) return [];
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ProofloopError('FILE_UNREADABLE', `${file}: ${(cause as Error).message}`, { cause });
  });
  const keys = words(text);
  if (keys.length === 0) throw new ProofloopError('FILE_UNREADABLE', `${file} holds no API key`);
  return keys;
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');
