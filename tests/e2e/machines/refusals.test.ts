import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { WORKFLOW_VERSION } from '../../../src/model/index.ts';
import { openStore } from '../../../src/store/index.ts';
import { type RunningWorker, startWorkers } from '../../../src/temporal/worker.ts';
import { scripted } from '../../support/activities.ts';
import { untilOutput } from '../../support/cli.ts';
import { describePostgres } from '../../support/describe-postgres.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { type TestTemporal, testTemporal } from '../../support/temporal.ts';
import { Commands, writeSuite } from '../support.ts';
import { type Machine, makeMachine, run, type Site } from './support.ts';

/** Each test has a namespace of its own: the server remembers for a minute who polled. */
describePostgres('a worker that would spoil the work of others refuses, and says what to do', () => {
  let postgres: TestPostgres;
  let temporal: TestTemporal;
  let machine: Machine;
  let site: Site;
  const commands = new Commands();
  const others: RunningWorker[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    process.env.PGPASSWORD = postgres.password;
  });
  beforeEach(async () => {
    temporal = await testTemporal();
    const store = await postgres.newDatabase();
    const { address, namespace } = temporal;
    site = { address, namespace, store, password: postgres.password, log: '/dev/null' };
    machine = await makeMachine('a', site);
  });
  afterEach(async () => {
    await commands.stop();
    for (const other of others.splice(0)) await other.shutdown();
    await temporal.close();
    await machine.home.remove();
  });
  afterAll(async () => {
    delete process.env.PGPASSWORD;
    await postgres?.remove();
  });

  const worker = (...args: string[]) => run(machine, 'worker', '--slots', '1', '--no-spare', ...args);
  const bench = async (...args: string[]) =>
    run(machine, 'bench', await writeSuite(machine.home, 's', 1), '--provers', 'mine', ...args);

  /** Somebody else's worker, as the server shows it. */
  const stranger = async (identity: string): Promise<void> => {
    const { activities } = scripted();
    const { bundle, connection, namespace } = temporal;
    others.push(
      await startWorkers({
        ...{ bundle, connection, namespace, identity },
        ...{ main: activities, lean: activities, llm: activities, slots: { lean: 1, llm: 1 } },
      }),
    );
  };
  const storeId = async (): Promise<string> => {
    const store = await openStore(site.store);
    await store.close();
    return store.id;
  };

  test('another store: neither a worker nor a command that starts a run goes on', async () => {
    const first = commands.add(worker());
    await untilOutput(first, 'stderr', /Ready\./);
    const other = await postgres.newDatabase();
    for (const refused of [await worker('--store', other), await bench('--store', other)]) {
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain('STORE_MISMATCH');
      expect(refused.stderr).toContain(await storeId());
      expect(refused.stderr).toContain('--store');
    }
  }, 240_000);

  test('another workflow version', async () => {
    await stranger(`${process.pid}@${hostname()} postgres:${await storeId()} v0`);
    const refused = await worker();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/WORKFLOW_VERSION_MISMATCH/);
    expect(refused.stderr).toMatch(/workflow version 0, this process has/);
  }, 240_000);

  test('an SQLite store where a worker of another machine serves already', async () => {
    await stranger(`1@elsewhere sqlite:${await storeId()} v${WORKFLOW_VERSION}`);
    const refused = await worker('--store', join(machine.home.dir, 'store.db'));
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/STORE_MISMATCH/);
    expect(refused.stderr).toMatch(/an SQLite file serves one machine/);
    expect(refused.stderr).toMatch(/--store postgres:\/\/USER@HOST\/DATABASE/);
  }, 240_000);

  test('an open run of another store, which goes on untouched', async () => {
    const begun = await bench('--detach', '--json');
    expect(begun.exitCode).toBe(0);
    const runId = /"runId":"([^"]+)"/.exec(begun.stdout)?.[1] ?? '';
    const handle = temporal.client.workflow.getHandle(runId);
    const refused = await worker('--store', await postgres.newDatabase());
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/STORE_MISMATCH/);
    expect(refused.stderr).toContain(runId);
    expect((await handle.describe()).status.name).toBe('RUNNING');
  }, 240_000);
});
