import { setTimeout as sleep } from 'node:timers/promises';
import type { LeanService } from '../../../lean/service.ts';
import type { Config } from '../../config/config.ts';
import type { Store } from '../../store/store.ts';
import type { Say, Session, SessionRole } from '../../temporal/session.ts';

/** What a command that runs theorems stands on. Parts start when they are first asked for. */
export type Workbench = {
  readonly config: Config;
  readonly store: Store;
  /** The Lean engine of this process. */
  lean(): Promise<LeanService>;
  /**
   * Joins or starts the server, and starts the worker if nobody else serves. `tells`: each run that the worker serves is
   * told where it runs; a run that its own command serves says that in its record.
   */
  connect(role: SessionRole, say: Say, how?: { readonly tells?: boolean }): Promise<Session>;
  /** Rejects if the worker of this process fails; never resolves. */
  readonly workerFailed: Promise<never>;
  /** Drains the worker of this process, if there is one, and leaves the server: the order that loses nothing. */
  close(): Promise<void>;
};

/** Milliseconds between looks at whether the worker that serves us is still there. */
const LOOK_MS = 1000;

const placeOf = async (lean: LeanService): Promise<string> => {
  const { placeProvenance, placeText } = await import('./provenance.ts');
  return placeText(await placeProvenance(lean));
};

/** Starts a worker here if the process that served us is gone; the answer ends the watch. */
const standIn = (session: Session, host: () => Promise<void>, say: Say, fail: (error: unknown) => void) => {
  const stop = new AbortController();
  const watching = (async () => {
    while (!stop.signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal: stop.signal }).catch(() => {});
      if (stop.signal.aborted || !(await session.takeOverWorker())) continue;
      say('The worker that served this run is gone; this command serves it from here on.');
      return host();
    }
  })();
  watching.catch(fail);
  return async () => {
    stop.abort();
    await watching.catch(() => {});
  };
};

export const openWorkbench = async (config: Config): Promise<Workbench> => {
  const { openStore } = await import('../../store/index.ts');
  const store = await openStore(config.store);
  // Closed from the last to the first: worker, server, Lean, store.
  const closers: (() => Promise<unknown>)[] = [() => store.close(), () => closeLean()];
  const close = async () => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };

  let service: Promise<LeanService> | null = null;
  let talk: Say = () => {};
  const lean = () => {
    service ??= import('../../../lean/index.ts').then(({ createLeanService }) =>
      createLeanService(config, (line) => talk(line)),
    );
    return service;
  };
  const closeLean = async () => (await service?.catch(() => null))?.close();

  let fail: (error: unknown) => void = () => {};
  const workerFailed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  workerFailed.catch(() => {});

  const connect: Workbench['connect'] = async (role, say, { tells = false } = {}) => {
    talk = say;
    const { openSession } = await import('../../temporal/session.ts');
    const session = await openSession(config, { role }, say);
    closers.push(() => session.close());
    if (role === 'worker' || role === 'host-if-needed') {
      const { refuseStrangers } = await import('../../temporal/fellows.ts');
      await refuseStrangers(session, store);
    }
    if (role === 'worker') {
      const { refuseRunsOfOthers } = await import('../../temporal/open-runs.ts');
      await refuseRunsOfOthers(session, store);
    }
    const host = async () => {
      const { startWorker } = await import('../../temporal/worker.ts');
      const { connection, namespace } = session;
      const worker = await startWorker({
        connection,
        namespace,
        config,
        store,
        lean: await lean(),
        say: talk,
        ...(tells && { place: await placeOf(await lean()) }),
      });
      worker.run.catch(fail);
      closers.push(() => worker.shutdown());
    };
    if (session.hostsWorker) await host();
    else if (role === 'host-if-needed') closers.push(standIn(session, host, say, fail));
    return session;
  };
  return { config, store, lean, connect, workerFailed, close };
};
