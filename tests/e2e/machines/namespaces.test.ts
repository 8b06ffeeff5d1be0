import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { untilOutput } from '../../support/cli.ts';
import { describePostgres } from '../../support/describe-postgres.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { Commands, writeSuite } from '../support.ts';
import { makeNet, type Net, whyNoNet } from './net.ts';
import {
  askedIn,
  COMMITTED,
  type Machine,
  makeMachine,
  onlyRunOf,
  run,
  type Site,
  startTemporal,
  until,
  watchCommits,
  withStore,
} from './support.ts';

const COUNT = 16;
const names = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`).sort();

const why = await whyNoNet();
if (why !== null && process.env.CI) throw new Error(`Two hosts cannot be made: ${why}`);
if (why !== null) console.warn(`Two hosts cannot be made, so this is skipped: ${why}`);

const describeHosts = why === null ? describePostgres : describe.skip;

describeHosts('two hosts, one of which is cut off and comes back', () => {
  let postgres: TestPostgres;
  let temporal: Awaited<ReturnType<typeof startTemporal>>;
  let net: Net;
  let site: Site;
  let dir: string;
  const hosts: Machine[] = [];
  const commands = new Commands();

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'proofloop-hosts-'));
    net = await makeNet();
    postgres = await startPostgres([net.server]);
    process.env.PGPASSWORD = postgres.password;
    temporal = await startTemporal(dir, net.server);
    const store = new URL(await postgres.newDatabase());
    store.hostname = net.server;
    const { address } = temporal;
    site = {
      address,
      namespace: 'default',
      store: store.href,
      password: postgres.password,
      log: join(dir, 'asked'),
    };
    for (const host of ['a', 'b'] as const) hosts.push(await makeMachine(host, site, net.through(host)));
  });
  afterEach(() => commands.stop());
  afterAll(async () => {
    delete process.env.PGPASSWORD;
    for (const { home } of hosts) await home.remove();
    await temporal?.stop();
    await postgres?.remove();
    await net?.remove();
    await rm(dir, { recursive: true, force: true });
  });

  test('everything ends once, nothing that was committed is asked twice, and the host works on when it is back', async () => {
    const [a, b] = hosts as [Machine, Machine];
    const [atA, atB] = [a, b].map((host) => commands.add(run(host, 'worker', '--slots', '1', '--no-spare')));
    await Promise.all([atA, atB].map((worker) => untilOutput(worker!, 'stderr', /Ready\./)));

    const suite = await writeSuite(b.home, 'hosts', COUNT);
    const bench = commands.add(run(b, 'bench', suite, '--provers', 'mine', '-j', '4'));
    await until(async () => (await onlyRunOf(site).catch(() => null)) !== null);
    const commits = watchCommits(() => postgres.sql('db1', COMMITTED));
    const askedBy = async (who: string) => (await askedIn(site.log)).filter(({ by }) => by === who);
    await until(async () => (await askedBy('a')).length >= 2 && (await askedBy('b')).length >= 1);
    await net.cut();
    const before = (await askedBy('a')).map(({ theorem }) => theorem);
    // What a was at is taken up by b while a is away.
    const { results } = await until(async () => {
      const now = await onlyRunOf(site);
      return now.results.length >= COUNT - 3 &&
        before.every((id) => now.results.some((r) => r.theoremId === id))
        ? now
        : null;
    });
    expect(results.length).toBeGreaterThanOrEqual(COUNT - 3);
    await net.mend();
    const result = await bench;
    expect(result.exitCode).toBe(0);

    // Alone now, so it is a that ends the next run.
    atB!.kill('SIGINT');
    await atB;
    const more = await writeSuite(b.home, 'afterwards', 3);
    const next = await run(b, 'bench', more, '--provers', 'mine', '--no-cache', '-j', '2');
    expect(next.exitCode).toBe(0);
    await commits.stop();

    const runs = await withStore(site, (store) => store.listRuns(10));
    const ended = runs.map((r) => [r.state, r.results.map((x) => `${x.theoremId} ${x.outcome}`).sort()]);
    const solved = (count: number) => ['done', names(count).map((id) => `${id} solved`)];
    expect(ended).toEqual([solved(3), solved(COUNT)]);
    const over = runs[1]!.endedAt ?? 0;
    const asked = (await askedIn(site.log)).filter(({ at }) => at < over);
    const again = asked.filter(
      ({ at, theorem }) => at > (commits.seen.get(theorem) ?? Number.POSITIVE_INFINITY),
    );
    expect(again).toEqual([]);
    expect((await askedBy('a')).filter(({ at }) => at > over).length).toBeGreaterThan(0);
  }, 600_000);
});
