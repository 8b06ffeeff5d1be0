import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { setTrust, sha256 } from '../../src/config/trust.ts';
import { shownPlace } from '../../src/store/index.ts';
import { load, project, site } from './site.ts';

const ADDRESS = 'postgres://ann:hunter2@db.example/proofs?sslmode=verify-full&sslpassword=hunter3';

test('the store may be the address of a database, and no listing shows its password', async () => {
  site.env.PROOFLOOP_STORE = ADDRESS;
  const { config, provenance } = await load();
  expect(config.store).toBe(ADDRESS);
  expect(JSON.stringify(provenance)).not.toMatch(/hunter/);
  expect(shownPlace(ADDRESS)).toBe('postgres://ann@db.example/proofs');
  expect(shownPlace('postgresql:///proofs?host=/run/postgresql&password=x')).toBe(
    'postgresql:///proofs?host=%2Frun%2Fpostgresql',
  );
});

test.each(['postgres://', 'postgres://host', 'postgres://host/', 'postgres://ann:hunter2@host:none/db'])(
  'the address %s is refused, without its password',
  async (store) => {
    const error = await load({ store }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(String(error)).not.toContain('hunter2');
  },
);

test("a project's file names no database without the trust of the user, whose password it would be offered", async () => {
  const text = 'store = "postgres://ann@db.example/proofs"\n';
  await project(text);
  await expect(load()).rejects.toMatchObject({
    code: 'PROFILE_UNTRUSTED',
    message: expect.stringContaining('postgres://ann@db.example/proofs'),
  });
  expect((await load({ store: 'mine.db' })).config.store).toBe(join(site.cwd, 'mine.db'));
  await setTrust(join(site.home, 'xdg', 'proofloop'), join(site.cwd, 'proofloop.toml'), sha256(text));
  expect((await load()).config.store).toBe('postgres://ann@db.example/proofs');
});
