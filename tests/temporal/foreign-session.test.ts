import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Config } from '../../src/config/config.ts';
import { missingSearchAttributes } from '../../src/temporal/search-attributes.ts';
import { openSession } from '../../src/temporal/session.ts';
import { scripted } from '../support/activities.ts';
import { type TestTemporal, testTemporal } from '../support/temporal.ts';
import { sessionConfig } from './fixtures/session-config.ts';

let temporal: TestTemporal;
let base: string;
beforeAll(async () => {
  temporal = await testTemporal();
  base = await mkdtemp(join(tmpdir(), 'proofloop-foreign-'));
});
afterAll(async () => {
  await temporal.close();
  await rm(base, { recursive: true, force: true });
});

const config = (more: Partial<Config['temporal']>): Config => {
  const mine = sessionConfig(base, '/no/such/cli', 'store.sqlite');
  return { ...mine, temporal: { ...mine.temporal, ...more } };
};
const named = () => config({ address: temporal.address, namespace: temporal.namespace });

test('a named server is used as it is: nothing is started, and the worker is ours until another polls', async () => {
  const said: string[] = [];
  const alone = await openSession(named(), { role: 'host-if-needed' }, (line) => said.push(line));
  expect(alone).toMatchObject({ owns: false, uiUrl: null, hostsWorker: true, searchAttributes: true });
  await alone.close();
  const workers = await temporal.workers(scripted().activities);
  // The server knows of a worker when its first polls have arrived.
  let hosts = true;
  while (hosts) {
    const session = await openSession(named(), { role: 'host-if-needed' }, () => {});
    hosts = session.hostsWorker;
    await session.close();
  }
  await workers.shutdown();
  expect(said).toEqual([]);
  expect(await readdir(base)).not.toContain('data');
});

test('search attributes that are missing on it are registered', async () => {
  expect(await missingSearchAttributes(temporal.connection, temporal.namespace)).toEqual([]);
});

test('a Temporal profile names the server', async () => {
  const file = join(base, 'temporal.toml');
  await writeFile(
    file,
    `[profile.mine]\naddress = "${temporal.address}"\nnamespace = "${temporal.namespace}"\n`,
  );
  process.env.TEMPORAL_CONFIG_FILE = file;
  try {
    const session = await openSession(config({ profile: 'mine' }), { role: 'serve' }, () => {});
    expect(session).toMatchObject({
      address: temporal.address,
      namespace: temporal.namespace,
      hostsWorker: false,
    });
    await session.close();
    await expect(
      openSession(config({ profile: 'other' }), { role: 'serve' }, () => {}),
    ).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  } finally {
    delete process.env.TEMPORAL_CONFIG_FILE;
  }
});

test('a server that does not answer, and a namespace that is not there, are named in the fault', async () => {
  const nowhere = config({ address: '127.0.0.1:1' });
  await expect(openSession(nowhere, { role: 'host-if-needed' }, () => {})).rejects.toMatchObject({
    code: 'TEMPORAL_UNREACHABLE',
    message: expect.stringContaining('127.0.0.1:1'),
  });
  const missing = config({ address: temporal.address, namespace: 'nobody' });
  await expect(openSession(missing, { role: 'host-if-needed' }, () => {})).rejects.toMatchObject({
    code: 'TEMPORAL_UNREACHABLE',
    message: expect.stringContaining("'nobody'"),
  });
});
