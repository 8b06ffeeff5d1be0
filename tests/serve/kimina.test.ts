import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { installClient } from './kimina/install.ts';
import { type Serving, serve } from './support.ts';

/** The client from PyPI, as its users use it, with `proofloop serve` in the place of Kimina Lean Server. */
const SCRIPT = fileURLToPath(new URL('./kimina/client.py', import.meta.url));
let at: Serving;
let packages: string;
beforeAll(async () => {
  packages = await installClient();
  at = await serve([], { LEAN_SERVER_API_KEY: 'the-key' });
}, 300_000);
afterAll(() => at.end());

test('kimina-client judges every kind of snippet rightly, in all of its forms', async () => {
  const { stdout } = await execa('python3', [SCRIPT, at.url, 'the-key'], {
    env: { PYTHONPATH: packages, NO_PROXY: '127.0.0.1', LEAN_SERVER_API_KEY: '' },
  });
  const all = {
    right: 'valid',
    wrong: 'lean_error',
    sorry: 'sorry',
    cheat: 'lean_error',
    loop: 'timeout_error',
  };
  const two = { right: 'valid', wrong: 'lean_error' };
  const { async: many, ...told } = JSON.parse(stdout.trim().split('\n').at(-1)!);
  expect(told).toEqual({
    health: 'ok',
    sync: all,
    one: ['valid'],
    'in batches': all,
    'without reuse': { ...two, sorry: 'sorry' },
    debug: ['cpu_max', 'memory_max', 'repl_uuid'],
    infotree: { full: two, tactics: two, original: two, substantive: two },
    verify: { right: true, wrong: false, sorry: true, cheat: false, loop: false },
    'wrong key': 'RuntimeError',
  });
  expect(Object.keys(many)).toHaveLength(32);
  for (const [id, status] of Object.entries(many))
    expect([id, status]).toEqual([id, all[id.split(' ')[0] as 'right']]);
}, 300_000);
