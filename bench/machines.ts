import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  askedIn,
  COMMITTED,
  makeMachine,
  onlyRunOf,
  run,
  startTemporal,
  until,
  watchCommits,
} from '../tests/e2e/machines/support.ts';
import { writeSuite } from '../tests/e2e/support.ts';
import { untilOutput } from '../tests/support/cli.ts';
import { startPostgres } from '../tests/support/postgres.ts';

/**
 * Two workers, one Temporal server, one PostgreSQL: one worker is killed (-9) while it waits for answers. How long do
 * its theorems stand still, until another worker asks for them?
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    theorems: { type: 'string', default: '12' },
    out: { type: 'string', default: 'bench/results/machines.json' },
  },
});

type Stood = { readonly theorem: string; readonly ms: number };

const once = async (dir: string, n: number): Promise<readonly Stood[]> => {
  const store = await postgres.newDatabase();
  const site = {
    ...{ address: temporal.address, namespace: `bench-${n}`, store, password: postgres.password },
    log: join(dir, `asked-${n}`),
  };
  const [a, b] = await Promise.all([makeMachine('a', site), makeMachine('b', site)]);
  const workers = [a, b].map((machine) => run(machine, 'worker', '--slots', '1', '--no-spare'));
  await Promise.all(workers.map((worker) => untilOutput(worker, 'stderr', /Ready\./)));
  const suite = await writeSuite(b.home, 'machines', Number(values.theorems));
  const bench = run(b, 'bench', suite, '--provers', 'mine', '-j', '4');
  await until(async () => (await onlyRunOf(site).catch(() => null)) !== null);
  const commits = watchCommits(() => postgres.sql(new URL(store).pathname.slice(1), COMMITTED));
  await until(async () => (await askedIn(site.log)).filter(({ by }) => by === 'a').length >= 2);
  const killedAt = Date.now();
  workers[0]?.kill('SIGKILL');
  const { exitCode } = await bench;
  await commits.stop();
  workers[1]?.kill('SIGINT');
  await Promise.all(workers);
  const { results } = await onlyRunOf(site);
  const solved = results.filter(({ outcome }) => outcome === 'solved').length;
  if (exitCode !== 0 || solved !== Number(values.theorems)) throw new Error(`the run ended with ${exitCode}`);
  for (const { home } of [a, b]) await home.remove();
  const asked = await askedIn(site.log);
  return asked
    .filter(
      ({ by, at, theorem }) =>
        by === 'a' && at <= killedAt && !((commits.seen.get(theorem) ?? Infinity) <= killedAt),
    )
    .flatMap(({ theorem }) => {
      const next = asked.find((x) => x.theorem === theorem && x.by === 'b' && x.at > killedAt);
      return next === undefined ? [] : [{ theorem, ms: next.at - killedAt }];
    });
};

const dir = await mkdtemp(join(tmpdir(), 'proofloop-bench-machines-'));
const postgres = await startPostgres();
process.env.PGPASSWORD = postgres.password;
const namespaces = Array.from({ length: Number(values.runs) }, (_, i) => `bench-${i}`);
const temporal = await startTemporal(dir, '127.0.0.1', [
  '--headless',
  ...namespaces.flatMap((name) => ['--namespace', name]),
]);
try {
  const rows: Stood[][] = [];
  for (const [i] of namespaces.entries()) {
    rows.push([...(await once(dir, i))]);
    console.log(`run ${i + 1}: ${rows[i]!.map(({ theorem, ms }) => `${theorem} ${ms} ms`).join(', ')}`);
  }
  const all = rows
    .flat()
    .map(({ ms }) => ms)
    .sort((x, y) => x - y);
  const summary = {
    kills: rows.length,
    theorems: all.length,
    leastMs: all[0] ?? null,
    medianMs: all[Math.floor(all.length / 2)] ?? null,
    mostMs: all.at(-1) ?? null,
  };
  console.log(JSON.stringify(summary));
  await writeFile(values.out, `${JSON.stringify({ ...summary, rows }, null, 2)}\n`);
} finally {
  await temporal.stop();
  await postgres.remove();
  await rm(dir, { recursive: true, force: true });
}
