import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLeanService } from '../../lean/index.ts';
import type { LeanIdentity, LeanService } from '../../lean/service.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { openSession, type Session } from '../../src/temporal/session.ts';
import { startWorker } from '../../src/temporal/worker.ts';
import { type GeminiServer, startGeminiServer } from '../../tests/support/gemini-server.ts';

export type World = {
  readonly config: Config;
  readonly session: Session;
  readonly store: Store;
  readonly lean: LeanService;
  readonly identity: LeanIdentity;
  readonly gemini: GeminiServer;
  close(): Promise<void>;
};

/**
 * A dev server, a worker with embedded Lean, a store in a folder of its own, and a server on this machine that
 * speaks Gemini's wire format, asked by the unmodified SDK. Downloads and the prepared Lean are the user's.
 */
export const openWorld = async (say: (line: string) => void): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofloop-bench-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const gemini = await startGeminiServer();
    closers.push(() => gemini.close());
    // The SDK reads its own variables from the process; no other credential may be in its reach.
    for (const name of Object.keys(process.env)) if (/^(GEMINI|GOOGLE)_/.test(name)) delete process.env[name];
    Object.assign(process.env, gemini.env());
    const { HOME, XDG_CACHE_HOME } = process.env;
    const { config } = await loadConfig({
      flags: {},
      cwd: folder,
      env: {
        HOME,
        XDG_CACHE_HOME,
        XDG_DATA_HOME: join(folder, 'data'),
        XDG_STATE_HOME: join(folder, 'state'),
        XDG_CONFIG_HOME: join(folder, 'config'),
      },
    });
    const store = await openStore(config.store);
    closers.push(() => store.close());
    const lean = await createLeanService(config);
    closers.push(() => lean.close());
    const identity = await lean.identity();
    const session = await openSession(config, { role: 'host-if-needed' }, say);
    closers.push(() => session.close());
    const { connection, namespace } = session;
    const worker = await startWorker({ connection, namespace, config, store, lean });
    closers.push(() => worker.shutdown());
    return { config, session, store, lean, identity, gemini, close };
  } catch (e) {
    await close();
    throw e;
  }
};
