import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { untilOutput } from '../../support/cli.ts';
import { describePostgres } from '../../support/describe-postgres.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { testServer } from '../../support/temporal.ts';
import { Commands, writeSuite } from '../support.ts';
import {
  askedIn,
  COMMITTED,
  type Machine,
  makeMachine,
  onlyRunOf,
  run,
  type Site,
  until,
  watchCommits,
} from './support.ts';

const COUNT = 12;
const ids = Array.from({ length: COUNT }, (_, i) => `c${i}`).sort();

describePostgres('workers of several machines on one Temporal server and one PostgreSQL', () => {
  let postgres: TestPostgres;
  let site: Site;
  let dir: string;
  const machines: Machine[] = [];
  const commands = new Commands();

  const machine = async (name: string): Promise<Machine> => {
    const made = await makeMachine(name, site);
    machines.push(made);
    return made;
  };
  const worker = async (at: Machine) => {
    const started = commands.add(run(at, 'worker', '--slots', '1', '--no-spare'));
    await untilOutput(started, 'stderr', /Ready\./);
    return { process: started };
  };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'proofloop-machines-'));
    postgres = await startPostgres();
    process.env.PGPASSWORD = postgres.password;
    const { address, namespace } = await testServer();
    site = { address, namespace, store: '', password: postgres.password, log: join(dir, 'asked') };
  });
  beforeEach(async () => {
    await rm(site.log, { force: true });
    site = { ...site, store: await postgres.newDatabase() };
  });
  afterEach(async () => {
    await commands.stop();
    for (const { home } of machines.splice(0)) await home.remove();
  });
  afterAll(async () => {
    delete process.env.PGPASSWORD;
    await postgres?.remove();
    await rm(dir, { recursive: true, force: true });
  });

  test('kill -9 of one: its theorems go on elsewhere, each ends once, and no committed answer is asked again', async () => {
    const [a, b] = [await machine('a'), await machine('b')];
    const [{ process: first }] = await Promise.all([worker(a), worker(b)]);
    const suite = await writeSuite(a.home, 'machines', COUNT);
    const database = new URL(site.store).pathname.slice(1);
    const bench = commands.add(run(b, 'bench', suite, '--provers', 'mine', '-j', '4'));
    await until(async () => (await onlyRunOf(site).catch(() => null)) !== null);
    const commits = watchCommits(() => postgres.sql(database, COMMITTED));
    // Both are at work, and the one that dies has answers under way.
    await until(async () => {
      const asked = await askedIn(site.log);
      return asked.filter((x) => x.by === 'a').length >= 2 && asked.some((x) => x.by === 'b');
    });
    first.kill('SIGKILL');
    const result = await bench;
    await commits.stop();
    expect(result.stderr).not.toContain('    at ');
    expect(result.exitCode).toBe(0);
    const over = await onlyRunOf(site);
    expect(over.state).toBe('done');
    expect(over.results.map((r) => [r.theoremId, r.outcome]).sort()).toEqual(ids.map((id) => [id, 'solved']));
    const asked = await askedIn(site.log);
    const again = asked.filter(({ at, theorem }) => at > (commits.seen.get(theorem) ?? Infinity));
    expect(again).toEqual([]);
    expect([...commits.seen.keys()].sort()).toEqual(ids);
    // What was asked more than once had no answer yet when its worker died.
    expect(asked.length).toBeLessThanOrEqual(COUNT + 4);
  }, 300_000);

  test('a restart of PostgreSQL in the middle of a run is survived', async () => {
    const a = await machine('a');
    await worker(a);
    const suite = await writeSuite(a.home, 'restart', 6);
    const bench = commands.add(run(a, 'bench', suite, '--provers', 'mine', '-j', '2'));
    await until(async () => (await askedIn(site.log)).length >= 2);
    await postgres.stop('immediate');
    await postgres.start();
    const result = await bench;
    expect(result.exitCode).toBe(0);
    const over = await onlyRunOf(site);
    expect(over.results.map((r) => r.outcome)).toEqual(Array.from({ length: 6 }, () => 'solved'));
  }, 300_000);

  test('the password is in no record, history, log or output', async () => {
    const a = await machine('a');
    const address = new URL(site.store);
    address.password = postgres.password;
    const own = {
      ...a,
      home: { ...a.home, env: { ...a.home.env, PROOFLOOP_STORE: address.href, PGPASSWORD: '' } },
    };
    const { process: started } = await worker(own);
    const suite = await writeSuite(a.home, 'secret', 2);
    const result = await run(own, 'bench', suite, '--provers', 'mine', '--json');
    expect(result.exitCode).toBe(0);
    started.kill('SIGINT');
    const ended = await started;
    const secrets = [postgres.password, encodeURIComponent(postgres.password)];
    const database = address.pathname.slice(1);
    const tables = ['runs', 'results', 'attempts', 'histories'].map((table) =>
      postgres.sql(database, `SELECT t::text AS row FROM proofloop.${table} t`),
    );
    const kept = JSON.stringify(await Promise.all(tables));
    for (const text of [result.stdout, result.stderr, ended.stdout, ended.stderr, kept])
      for (const secret of secrets) expect(text).not.toContain(secret);
    expect(ended.stderr).toContain(site.store);
  }, 300_000);
});
