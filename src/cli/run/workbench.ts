import type { LeanService } from '../../../lean/service.ts';
import type { Config } from '../../config/config.ts';
import type { Store } from '../../store/store.ts';
import type { Say, Session, SessionRole } from '../../temporal/session.ts';

/** What a command that runs theorems stands on. Everything is closed in the order that loses nothing. */
export type Workbench = {
  readonly config: Config;
  readonly session: Session;
  readonly store: Store;
  /** The Lean engine of this process; started when it is first asked for, if no worker of ours needs it. */
  lean(): Promise<LeanService>;
  /** Rejects if the worker of this process fails; never resolves before `close`. */
  readonly workerFailed: Promise<never>;
  /** Drains the worker of this process, if there is one, and leaves the server. */
  close(): Promise<void>;
};

export const openWorkbench = async (config: Config, role: SessionRole, say: Say): Promise<Workbench> => {
  const [{ openStore }, { openSession }] = await Promise.all([
    import('../../store/index.ts'),
    import('../../temporal/session.ts'),
  ]);
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };
  try {
    const store = await openStore(config.store);
    closers.push(() => store.close());
    const session = await openSession(config, { role }, say);
    closers.push(() => session.close());

    let service: Promise<LeanService> | null = null;
    const lean = () => {
      service ??= import('../../../lean/index.ts').then(({ createLeanService }) => createLeanService(config));
      return service;
    };
    closers.push(async () => (await service)?.close());

    let fail: (error: unknown) => void = () => {};
    const workerFailed = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    workerFailed.catch(() => {});
    if (session.hostsWorker) {
      const { startWorker } = await import('../../temporal/worker.ts');
      const worker = await startWorker({
        connection: session.connection,
        namespace: session.namespace,
        config,
        store,
        lean: await lean(),
      });
      worker.run.catch(fail);
      closers.push(() => worker.shutdown());
    }
    return { config, session, store, lean, workerFailed, close };
  } catch (error) {
    await close();
    throw error;
  }
};
