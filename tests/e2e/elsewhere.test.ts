import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { expectExit, type Home, makeHome, startCli, untilOutput } from '../support/cli.ts';
import { type OpenAiServer, startOpenAiServer } from '../support/openai-server.ts';
import { Commands, onlyRun, writeConfig, writeSuite } from './support.ts';

/* A model at an address that one command line named: what other terminals and other workers make of it. */
let server: OpenAiServer;
let home: Home;
let suite: string;
let name: string;
const commands = new Commands();
const start = (...args: string[]) => commands.start(home, args);
const FREE = '[[prices]]\nmodel = "prover"\ninput = 0\noutput = 0\n';

beforeEach(async () => {
  server = await startOpenAiServer();
  name = `openai:prover@${server.url}`;
  home = await makeHome();
  suite = await writeSuite(home, 'lab', 2);
  await writeConfig(home, FREE);
});
afterEach(async () => {
  await commands.stop();
  await server.close();
  await home.remove();
});

it('attach refuses with the command that works, asks nothing, and that command ends the run', async () => {
  server.reset([{ kind: 'hang' }]);
  const run = start('bench', suite, '--provers', name, '-j', '1');
  await server.arrived(1);
  run.kill('SIGINT');
  const left = await run;
  expectExit(left, 130);
  const { runId } = await onlyRun(home);
  const command = `attach ${runId} --provers '${name}'`;
  expect(left.stderr).toContain(`proofloop ${command}`);

  const asked = server.requests.length;
  const refused = await start('attach', runId);
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('PROFILE_ELSEWHERE')]);
  expect(refused.stderr).toContain(`proofloop ${command}`);
  expect(server.requests).toHaveLength(asked);
  expect((await onlyRun(home)).state).toBe('running');

  const attached = await start('attach', runId, '--provers', name);
  expect(attached.stderr).not.toContain('    at ');
  expectExit(attached, 0);
  expect((await onlyRun(home)).results.map((r) => r.outcome)).toEqual(['solved', 'solved']);
  // What it refused is done; what is over is shown to anybody.
  expect((await start('attach', runId)).exitCode).toBe(0);
}, 600_000);

it('where another worker serves, the address is refused with a profile that works there', async () => {
  const up = start('up');
  await untilOutput(up, 'stderr', /Ready\./);
  const refused = await start('bench', suite, '--provers', name);
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('PROFILE_ELSEWHERE')]);
  expect(server.requests).toHaveLength(0);
  const table = /\[provers\.prover\][\s\S]*?\n\n|\[provers\.prover\][\s\S]*$/.exec(refused.stderr)?.[0] ?? '';
  expect(table).toContain(`base_url = "${server.url}"`);
  up.kill('SIGINT');
  await up;
  await writeConfig(home, `${table}\n${FREE}`);
  const again = start('up');
  await untilOutput(again, 'stderr', /Ready\./);
  expect((await start('bench', suite, '--provers', 'prover')).exitCode).toBe(0);
  expect(server.requests.length).toBeGreaterThan(0);
}, 600_000);

it('doctor and config say of each kind who is asked, where, and what is missing', async () => {
  await writeConfig(
    home,
    [
      '[provers.program]\nkind = "command"',
      `command = ["${process.execPath}", "-e", "console.log('by omega')"]`,
      '[provers.gone]\nkind = "command"\ncommand = ["./no-such-program"]',
      `[provers.keyed]\nkind = "openai"\nmodel = "nobody"\nbase_url = "${server.url}"\napi_key_env = "LAB_KEY"`,
      FREE,
    ].join('\n'),
  );
  const names = [name, `replay:${name}`, 'program', 'gone', 'keyed'];
  const { stdout, stderr, exitCode } = await startCli(home, ['doctor', '--provers', names.join(',')]);
  const text = stdout + stderr;
  expect(exitCode).toBe(1);
  for (const said of [
    'asks prover',
    `requests go to ${server.url}`,
    'no key is sent',
    'it serves prover',
    'replays prover',
    'no model is asked',
    'it does not serve "nobody"',
    'LAB_KEY',
    'no-such-program',
  ])
    expect(text).toContain(said);
  expect(server.requests).toHaveLength(0);

  const shown = await startCli(home, ['config', 'show', '--provers', names.join(',')]);
  const place = server.url.replace('http://', '');
  expect(shown.stdout).toMatch(new RegExp(`provers\\.use .*openai:prover@${place}`));
  expect(shown.stdout).toContain(`openai:prover@${place}.baseUrl`);
  expect(shown.stdout).toMatch(/provers\.profiles\.keyed\.apiKeyEnv +LAB_KEY/);
}, 400_000);
