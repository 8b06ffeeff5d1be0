import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

let home: Home;
beforeAll(async () => {
  home = await makeHome();
});
afterAll(() => home.remove());

test('lean setup --dry-run on a machine without elan names elan and its command, and touches nothing', async () => {
  const env = { PATH: '/usr/bin:/bin', HOME: home.dir };
  const plain = await startCli(home, ['lean', 'setup', '--dry-run'], { env });
  expect(plain.stderr).toBe('');
  expect(plain.stdout).toMatch(/! elan, the installer of Lean +elan is not on PATH\n +→ curl -sSf https:/u);
  expect(plain.exitCode).toBe(1);
  const json = await startCli(home, ['lean', 'setup', 'proofs', '--dry-run', '--json'], { env });
  const records = jsonLines(json.stdout);
  expect(records[0]).toMatchObject({ type: 'step', id: 'elan', state: 'missing' });
  expect(records.at(-1)).toEqual({ type: 'done', complete: false, exitCode: 1 });
});
