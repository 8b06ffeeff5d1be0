import { expect, test } from '@jest/globals';
import { untilOutput } from '../../support/cli.ts';
import { describePostgres } from '../../support/describe-postgres.ts';
import { startPostgres } from '../../support/postgres.ts';
import { Commands, writeSuite } from '../support.ts';
import { interpolate, readCompose, type Service } from './compose.ts';
import { type Machine, makeMachine, onlyRunOf, run, startTemporal, withStore } from './support.ts';

describePostgres(
  'the processes of docker-compose.yml, started by hand with its commands and environment',
  () => {
    test('a run of two workers ends', async () => {
      const { services } = await readCompose();
      const { temporal, postgres, worker, proofloop } = services as Record<string, Service>;
      const server = await startPostgres();
      const machines: Machine[] = [];
      const commands = new Commands();
      const { POSTGRES_USER = '', POSTGRES_DB = '' } = postgres?.environment ?? {};
      await server.sql('postgres', `CREATE DATABASE ${POSTGRES_DB}`);
      process.env.PGPASSWORD = server.password;
      const home = await makeMachine('probe', {
        ...{ address: '', namespace: '', store: '', log: '/dev/null', password: server.password },
      });
      machines.push(home);
      // What the containers' network and volumes give: names of hosts, ports, paths.
      const own = [
        '--ip',
        '0.0.0.0',
        '--port',
        '7233',
        '--db-filename',
        '/data/temporal.sqlite',
        'server',
        'start-dev',
      ];
      const args = (temporal?.command ?? []).filter((word) => !own.includes(word));
      expect(temporal?.command).toHaveLength(args.length + own.length);
      const hub = await startTemporal(home.home.dir, '127.0.0.1', args);
      try {
        const environment = (service: Service | undefined): Record<string, string> =>
          Object.fromEntries(
            Object.entries(service?.environment ?? {}).flatMap(([name, text]) => {
              const value = interpolate(text, { POSTGRES_PASSWORD: server.password })
                .replace('temporal:7233', hub.address)
                .replace('postgres:5432', `127.0.0.1:${server.port}`);
              return value === '' ? [] : [[name, value]];
            }),
          );
        const site = {
          ...{ address: hub.address, namespace: 'default', log: '/dev/null', password: server.password },
          store: environment(worker).PROOFLOOP_STORE ?? '',
        };
        expect(site.store).toBe(`postgres://${POSTGRES_USER}@127.0.0.1:${server.port}/${POSTGRES_DB}`);
        const as = (machine: Machine, service: Service | undefined): Machine => ({
          ...machine,
          home: {
            ...machine.home,
            env: {
              ...machine.home.env,
              ...environment(service),
              // The file leaves these to the image.
              TEMPORAL_NAMESPACE: 'default',
              PROOFLOOP_LEAN_SLOTS: '1',
              PROOFLOOP_LEAN_SPARE: 'false',
            },
          },
        });
        for (const name of ['one', 'two']) {
          const machine = as(await makeMachine(name, site), worker);
          machines.push(machine);
          const started = commands.add(run(machine, ...(worker?.command ?? [])));
          await untilOutput(started, 'stderr', /Ready\./);
        }
        const suite = await writeSuite(home.home, 'composed', 4);
        const bench = await run(as(home, proofloop), 'bench', suite, '--provers', 'local');
        expect(bench.exitCode).toBe(0);
        const over = await onlyRunOf(site);
        expect(over.results.map((r) => r.outcome)).toEqual(['solved', 'solved', 'solved', 'solved']);
        // The record is the command's; who worked on it is told beside.
        await withStore(site, async (store) => {
          const joined = (await store.listEvents(over.runId)).filter(({ what }) => what === 'worker');
          expect(joined.map(({ from, to }) => [from, to])).toEqual(new Array(joined.length).fill([0, 1]));
          expect(new Set(joined.map(({ by }) => by)).size).toBe(joined.length);
          expect(joined.length).toBeGreaterThan(0);
          for (const { reason } of joined) expect(reason).toMatch(/ GiB, .*; Lean 4\.28.*; proofloop 0\./);
        });
        const doctor = await run(as(home, proofloop), ...(proofloop?.command ?? []), '--json');
        expect(doctor.stdout).toContain(`PostgreSQL ${site.store} is writable`);
        await withStore(site, async (store) => expect(store.kind).toBe('postgres'));
      } finally {
        await commands.stop();
        for (const machine of machines) await machine.home.remove();
        await hub.stop();
        delete process.env.PGPASSWORD;
        await server.remove();
      }
    }, 300_000);
  },
);
