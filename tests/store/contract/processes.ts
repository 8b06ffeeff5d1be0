import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { openStore } from '../../../src/store/index.ts';
import { rejected } from '../samples.ts';

const script = fileURLToPath(new URL('../child.ts', import.meta.url));
const child = (...args: string[]) => execa(process.execPath, [script, ...args], { timeout: 60_000 });

/** What several processes may expect of one store; `newPlace` names an empty one. */
export const processTests = (kind: string, newPlace: (folder: string) => Promise<string>): void => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'proofloop-processes-'));
    path = await newPlace(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  describe(`several processes on one ${kind} store`, () => {
    test('that open it at the same moment make it once', async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, () => child('id', path)));
      expect(new Set(ids.map((c) => c.stdout)).size).toBe(1);
      expect(ids[0]?.stdout).toMatch(/^[0-9a-f-]{36}$/);
    });

    test('that want the same answers pay for each one once, and all see the same', async () => {
      const log = join(folder, 'paid');
      const seen = await Promise.all(Array.from({ length: 4 }, () => child('pay', path, log, '40')));
      const paid = (await readFile(log, 'utf8')).trimEnd().split('\n');
      expect(paid.sort()).toEqual(Array.from({ length: 40 }, (_, i) => `key ${i}`).sort());
      const answers = seen.map((c) => JSON.parse(c.stdout) as Record<string, string>);
      expect(Object.keys(answers[0] ?? {})).toHaveLength(40);
      for (const other of answers) expect(other).toEqual(answers[0]);
    });

    test.each([1, 40, 173])(
      'lose nothing that was committed when one is killed in the middle, after %d rounds',
      async (rounds) => {
        const writer = child('write', path);
        const lines = createInterface({ input: writer.stdout as NodeJS.ReadableStream });
        let last = -1;
        lines.on('line', (line) => {
          last = Number(line);
          if (last === rounds) writer.kill('SIGKILL');
        });
        const [ended] = await Promise.allSettled([writer, once(lines, 'close')]);
        expect(ended).toMatchObject({ status: 'rejected', reason: { signal: 'SIGKILL' } });
        expect(last).toBeGreaterThanOrEqual(rounds);

        let clock = Date.now();
        const store = await openStore(path, { now: () => clock });
        for (let i = 0; i <= last; i++) {
          expect(await store.leaseResponse(`answer ${i}`, 'me', 1000)).toEqual({
            status: 'ready',
            value: `value ${i}`,
          });
          expect(await store.getVerdict(`verdict ${i}`)).toEqual(rejected);
        }
        expect((await store.leaseResponse('held', 'me', 1000)).status).toBe('busy');
        clock += 60_001;
        expect((await store.leaseResponse('held', 'me', 1000)).status).toBe('mine');
        await store.close();
      },
    );
  });
};
