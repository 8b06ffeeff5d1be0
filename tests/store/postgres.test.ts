import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openStore, type Store } from '../../src/store/index.ts';
import { describePostgres } from '../support/describe-postgres.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { storeContract } from './contract/contract.ts';
import { processTests } from './contract/processes.ts';
import { rejected, result } from './samples.ts';

const COLUMNS = {
  verdict: 'verdicts SET record',
  proof: 'proofs SET record',
  run: 'runs SET record',
  result: 'results SET record',
  attempt: 'attempts SET record',
  text: 'texts SET text',
} as const;

const nameOf = (address: string): string => new URL(address).pathname.slice(1);

describePostgres('PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
    process.env.PGPASSWORD = server.password;
  });
  afterAll(async () => {
    delete process.env.PGPASSWORD;
    await server?.remove();
  });

  storeContract('PostgreSQL', async () => {
    const address = await server.newDatabase();
    return {
      open: (options) => openStore(address, options),
      damage: async (what, text) => {
        const value = what === 'text' ? "convert_to($1, 'UTF8')" : '$1';
        await server.sql(nameOf(address), `UPDATE proofloop.${COLUMNS[what]} = ${value}`, text);
      },
      remove: async () => {
        await server.sql('postgres', `DROP DATABASE ${nameOf(address)}`);
      },
    };
  });

  processTests('PostgreSQL', () => server.newDatabase());

  describe('a store that cannot be opened says why, without the password', () => {
    const unusable = (words: RegExp) => ({
      code: 'STORE_UNUSABLE',
      message: expect.stringMatching(words),
      fix: expect.any(String),
    });

    test('a wrong password', async () => {
      const address = new URL(await server.newDatabase());
      address.password = 'swordfish';
      const error = await openStore(address.href).catch((e: unknown) => e);
      expect(error).toMatchObject(unusable(/password was refused/));
      expect(String(error)).not.toContain('swordfish');
      expect((error as { fix: string }).fix).toMatch(/PGPASSWORD.*pgpass/);
    });

    test('no password', async () => {
      delete process.env.PGPASSWORD;
      try {
        const error = openStore(await server.newDatabase());
        await expect(error).rejects.toMatchObject(unusable(/asks for a password/));
      } finally {
        process.env.PGPASSWORD = server.password;
      }
    });

    test('no such database', async () => {
      const error = openStore(server.address('nowhere'));
      await expect(error).rejects.toMatchObject(unusable(/nowhere.*no such database/));
    });

    test('nobody listens', async () => {
      const error = openStore('postgres://proofloop@127.0.0.1:1/db');
      await expect(error).rejects.toMatchObject(unusable(/127\.0\.0\.1:1\/db.*nothing listens/));
    });

    test('a database of another program, which stays as it is', async () => {
      const address = await server.newDatabase();
      await server.sql(nameOf(address), 'CREATE TABLE songs (name text)');
      await expect(openStore(address)).rejects.toMatchObject(unusable(/another program/));
      const schemas = await server.sql(
        nameOf(address),
        "SELECT 1 FROM pg_namespace WHERE nspname = 'proofloop'",
      );
      expect(schemas).toEqual([]);
    });

    test('another program that has a schema of our name', async () => {
      const address = await server.newDatabase();
      await server.sql(
        nameOf(address),
        'CREATE SCHEMA proofloop; CREATE TABLE proofloop.meta (name text, value text)',
      );
      await expect(openStore(address)).rejects.toMatchObject(unusable(/another program/));
    });

    test('a store of a newer proofloop', async () => {
      const address = await server.newDatabase();
      await (await openStore(address)).close();
      await server.sql(nameOf(address), "UPDATE proofloop.meta SET value = '99' WHERE name = 'schema'");
      await expect(openStore(address)).rejects.toMatchObject(unusable(/schema 99/));
    });

    test('a user without the right to make tables', async () => {
      const address = new URL(await server.newDatabase());
      await server.sql('postgres', "CREATE ROLE reader LOGIN PASSWORD 'reads'");
      address.username = 'reader';
      address.password = 'reads';
      await expect(openStore(address.href)).rejects.toMatchObject(unusable(/lacks a right/));
    });
  });

  test('shows where it is, never the password, which may stand in the address', async () => {
    const address = new URL(await server.newDatabase());
    delete process.env.PGPASSWORD;
    address.password = server.password;
    const store = await openStore(address.href);
    process.env.PGPASSWORD = server.password;
    expect(store.kind).toBe('postgres');
    expect(store.location).toBe(server.address(nameOf(address.href)));
    await store.close();
  });

  describe('the order of results', () => {
    test('one that commits late is not passed over by a cursor', async () => {
      const address = await server.newDatabase();
      const store = await openStore(address);
      const late = new pg.Client({ connectionString: address, password: server.password });
      await late.connect();
      await late.query('BEGIN');
      await late.query("INSERT INTO proofloop.written VALUES ('r', 1)");
      await late.query("INSERT INTO proofloop.results VALUES ('r', 'one', $1, 0, 1)", [
        JSON.stringify(result('one')),
      ]);
      const second = store.putResult('r', result('two'));
      const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
      while ((await server.sql('postgres', waiting)).length === 0);
      const before = await store.resultsAfter('r', 0, 10);
      expect(before).toEqual({ results: [], cursor: 0 });
      await late.query('COMMIT');
      await late.end();
      await second;
      const after = await store.resultsAfter('r', before.cursor, 10);
      expect(after.results.map((r) => r.theoremId)).toEqual(['one', 'two']);
      await store.close();
    });

    test('a follower sees each of many that several machines write at once, and each once', async () => {
      const address = await server.newDatabase();
      const writers = await Promise.all(Array.from({ length: 4 }, () => openStore(address)));
      const reader = await openStore(address);
      let writing = true;
      const written = Promise.all(
        writers.map(async (store, w) => {
          for (let i = 0; i < 50; i++)
            await Promise.all([0, 1].map((j) => store.putResult('r', result(`${w}.${i}.${j}`))));
        }),
      ).finally(() => {
        writing = false;
      });
      const seen: string[] = [];
      for (let cursor = 0, last = false; !last; ) {
        last = !writing;
        const page = await reader.resultsAfter('r', cursor, 7);
        seen.push(...page.results.map((r) => r.theoremId));
        last &&= page.results.length === 0;
        cursor = page.cursor;
      }
      await written;
      expect(new Set(seen).size).toBe(400);
      expect(seen).toHaveLength(400);
      await Promise.all([...writers, reader].map((store) => store.close()));
    });
  });

  describe('lost connections', () => {
    /** Writes and reads without a pause until told to stop; returns how many verdicts it wrote. */
    const busy = (store: Store) => {
      let on = true;
      const work = (async () => {
        let n = 0;
        for (; on; n++) {
          await store.putVerdict(`v${n}`, rejected);
          await store.putResult('r', result(`t${n}`));
          expect(await store.getVerdict(`v${n}`)).toEqual(rejected);
        }
        return n;
      })();
      return async () => {
        on = false;
        return work;
      };
    };

    test.each(['fast', 'immediate'] as const)(
      'a server that is restarted (%s) in the middle is waited for, and nothing is lost',
      async (mode) => {
        const address = await server.newDatabase();
        const store = await openStore(address);
        const stop = busy(store);
        while ((await store.stats()).verdicts < 5);
        await server.stop(mode);
        await server.start();
        const { verdicts } = await store.stats();
        while ((await store.stats()).verdicts < verdicts + 5);
        const n = await stop();
        expect((await store.stats()).verdicts).toBe(n);
        const { results } = await store.resultsAfter('r', 0, n + 10);
        expect(results.map((r) => r.theoremId)).toEqual(Array.from({ length: n }, (_, i) => `t${i}`));
        await store.close();
      },
    );

    test('connections that an administrator ends are taken anew', async () => {
      const address = await server.newDatabase();
      const store = await openStore(address);
      const stop = busy(store);
      for (let i = 1; i <= 5; i++) {
        while ((await store.stats()).verdicts < 5 * i);
        await server.sql(
          'postgres',
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
          nameOf(address),
        );
      }
      const n = await stop();
      expect((await store.stats()).verdicts).toBe(n);
      await store.close();
    });
  });
});
