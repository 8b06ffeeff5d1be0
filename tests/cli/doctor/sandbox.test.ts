import { expect, test } from '@jest/globals';
import { createLeanService } from '../../../lean/index.ts';
import { leanFindings, sandboxFinding } from '../../../src/cli/doctor/lean.ts';
import { loadConfig } from '../../../src/config/load.ts';

test.each([
  ['permission model + bubblewrap (no network, only its own files)', 'ok'],
  ['permission model + namespaces (no network, only its own files)', 'ok'],
  ['permission model + network namespace', 'ok'],
  ['bubblewrap: no network, read-only files, read-only project', 'ok'],
  ['permission model', 'warn'],
  ['none', 'warn'],
])('doctor says of the level %j: %s', (level, status) => {
  const finding = sandboxFinding(level);
  expect(finding).toMatchObject({ check: 'sandbox', status, what: expect.stringContaining(level) });
  expect(finding.fix === '').toBe(status === 'ok');
});

test('the level that doctor prints is the one that Lean runs in', async () => {
  const { config } = await loadConfig({ flags: {}, env: process.env, cwd: process.cwd() });
  const findings = await leanFindings(config);
  const lean = await createLeanService(config);
  const { sandbox } = await lean.identity();
  await lean.close();
  expect(findings).toContainEqual(sandboxFinding(sandbox));
  expect(findings.filter((f) => f.status === 'fail')).toEqual([]);
});
