import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readOutput } from '../../../src/prover/command/output.ts';
import type { CommandProfile } from '../../../src/prover/command/profile.ts';
import { CommandProver } from '../../../src/prover/command/prover.ts';
import { faultOf, requestOf, theoremOf } from '../support.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofloop-command-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const node = (script: string) => [process.execPath, '-e', script];
const prover = (command: readonly string[], part: Partial<CommandProfile> = {}) =>
  new CommandProver('mine', {
    kind: 'command',
    command,
    cwd: folder,
    env: {},
    passEnv: [],
    timeoutMs: 20_000,
    maxOutputBytes: 65_536,
    costPerCall: 0,
    ...part,
  });
const ask = (p: CommandProver, request = requestOf(), signal = new AbortController().signal) =>
  p.ask(p.prompt(request), request, { signal });

/** Resolves when the file is there, with what it says. */
const appeared = async (file: string): Promise<string> => {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '') return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
/** A program that starts a child, writes both process ids, and never ends. */
const FAMILY = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  require('node:fs').writeFileSync('pids', process.pid + ' ' + child.pid);
  setInterval(() => {}, 1000);`;
const gone = async (pids: readonly number[]): Promise<void> => {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('what a program is given and what is read', () => {
  test('the theorem comes as JSON on standard input, the proof goes out as JSON', async () => {
    const script = `
      const input = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
      require('node:fs').writeFileSync('seen.json', JSON.stringify(input));
      console.log(JSON.stringify({ proof: 'by\\n  omega', tokens: { input: 5, output: 7 }, costUsd: 0.25, model: 'mine-7b' }));`;
    const request = requestOf({
      theorem: theoremOf({ header: 'import Std\n', informal: 'It commutes.' }),
      round: 2,
      sample: 1,
      feedback: [
        { submission: { form: 'proof', text: 'by rfl' }, diagnostics: [], why: 'Lean reports errors' },
      ],
    });
    const answer = await ask(prover(node(script)), request);
    expect(answer).toMatchObject({
      submission: { form: 'proof', text: 'by\n  omega' },
      unusable: null,
      finish: 'STOP',
      modelVersion: 'mine-7b',
      tokens: { input: 5, cachedInput: 0, output: 7, thoughts: 0 },
      costUsd: 0.25,
    });
    expect(JSON.parse(await readFile(join(folder, 'seen.json'), 'utf8'))).toMatchObject({
      version: 1,
      theorem: { name: 'add_swap', header: 'import Std\n', informal: 'It commutes.' },
      source: expect.stringContaining('theorem add_swap (a b : Nat) : a + b = b + a := by sorry'),
      leanVersion: '4.28.0',
      round: 2,
      sample: 1,
      feedback: [{ form: 'proof', proof: 'by rfl', why: 'Lean reports errors' }],
    });
  });

  test('text with a fenced proof is read as a model’s answer is', async () => {
    const text = 'Here:\\n```lean4\\nby omega\\n```\\n';
    expect((await ask(prover(node(`console.log('${text}')`)))).submission).toEqual({
      form: 'proof',
      text: 'by omega',
    });
  });

  test.each([
    ['', /printed nothing/],
    ['{"proof": null, "reason": "too hard"}', /gave up: too hard/],
    ['{"proof": 3}', /not of the form/],
    ['I do not know', /no Lean code/],
    ['{"answer": "no idea"}', /no Lean code/],
  ])('%j is a value that says why there is no proof', (text, why) => {
    expect(readOutput(text, theoremOf()).cleaned).toMatchObject({
      submission: null,
      unusable: expect.stringMatching(why),
    });
  });

  test('whatever is printed, reading it never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((o) => JSON.stringify(o)),
        ),
        (text) => {
          readOutput(text, theoremOf());
        },
      ),
    );
  });

  test('a program that does not read its input is no fault', async () => {
    const request = requestOf({ theorem: theoremOf({ context: `-- ${'x'.repeat(300_000)}\n` }) });
    const answer = await ask(prover(node(`process.stdin.destroy(); console.log('by omega')`)), request);
    expect(answer.submission).toEqual({ form: 'proof', text: 'by omega' });
  });
});

describe('its environment', () => {
  test('holds PATH and HOME, what the profile sets, what it names, and nothing else', async () => {
    const before = { ...process.env };
    process.env.GEMINI_API_KEY = 'AIzaNotForPrograms0123';
    process.env.NAMED = 'yes';
    try {
      await ask(
        prover(node(`require('node:fs').writeFileSync('env.json', JSON.stringify(process.env))`), {
          env: { SET: '1' },
          passEnv: ['NAMED'],
        }),
      );
    } finally {
      for (const name of ['GEMINI_API_KEY', 'NAMED'])
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
    }
    const seen = JSON.parse(await readFile(join(folder, 'env.json'), 'utf8')) as Record<string, string>;
    expect(seen).toMatchObject({ SET: '1', NAMED: 'yes', PATH: process.env.PATH });
    expect(Object.keys(seen).filter((k) => !/^(PATH|HOME|LANG|TMPDIR|SET|NAMED|__CF.*)$/.test(k))).toEqual(
      [],
    );
  });
});

describe('limits', () => {
  test('output beyond the limit ends the program and is a value', async () => {
    const endless = `setInterval(() => process.stdout.write('x'.repeat(10000)), 1)`;
    expect(await ask(prover(node(endless), { maxOutputBytes: 50_000 }))).toMatchObject({
      submission: null,
      finish: 'OUTPUT_LIMIT',
      unusable: expect.stringContaining('50000 bytes'),
    });
  });

  test('talk on standard error is never too much', async () => {
    const talk = `process.stderr.write('x'.repeat(5_000_000), () => console.log('by omega'))`;
    expect((await ask(prover(node(talk)))).submission?.text).toBe('by omega');
  });

  test('the time-out ends the whole process group', async () => {
    await rm(join(folder, 'pids'), { force: true });
    const fault = await faultOf(ask(prover(node(FAMILY), { timeoutMs: 1_500 })));
    expect(fault).toMatchObject({ code: 'MODEL_TIMEOUT', retryable: true });
    await gone((await appeared(join(folder, 'pids'))).split(' ').map(Number));
  });

  test('so does a cancellation, whose reason comes back', async () => {
    await rm(join(folder, 'pids'), { force: true });
    const controller = new AbortController();
    const work = faultOf(ask(prover(node(FAMILY)), requestOf(), controller.signal));
    const pids = (await appeared(join(folder, 'pids'))).split(' ').map(Number);
    const reason = new Error('the sibling has won');
    controller.abort(reason);
    expect(await work).toBe(reason);
    await gone(pids);
  });

  test('children that a program leaves behind end with it', async () => {
    const orphan = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      require('node:fs').writeFileSync('orphan', String(child.pid));
      child.unref();
      console.log('by omega');`;
    expect((await ask(prover(node(orphan)))).submission?.text).toBe('by omega');
    await gone([Number(await readFile(join(folder, 'orphan'), 'utf8'))]);
  });
});

describe('faults', () => {
  test.each([
    [node(`console.error('no model'); process.exit(3)`), 'MODEL_REFUSED', false, /exit code 3: no model/],
    [node(`process.exit(3)`), 'MODEL_REFUSED', false, /said nothing/],
    [node(`console.error('busy'); process.exit(75)`), 'MODEL_UNAVAILABLE', true, /exit code 75: busy/],
    [node(`process.kill(process.pid, 'SIGKILL')`), 'MODEL_UNAVAILABLE', true, /SIGKILL/],
    [['no-such-program-here'], 'MODEL_REFUSED', false, /could not be started \(ENOENT\)/],
  ])('%j', async (command, code, retryable, message) => {
    expect(await faultOf(ask(prover(command)))).toMatchObject({
      code,
      retryable,
      message: expect.stringMatching(message),
    });
  });

  test('the head of standard error holds no key and no more than a few lines', async () => {
    await writeFile(
      join(folder, 'long.js'),
      `for (let i = 0; i < 99; i++) console.error('line ' + i); process.exitCode = 1`,
    );
    const long = (await faultOf(ask(prover([process.execPath, 'long.js'])))) as Error;
    expect(long.message).toContain('line 0');
    expect(long.message).not.toContain('line 9');
    const leak = node(`console.error('Authorization: Bearer sk-verysecret0123456789'); process.exit(1)`);
    expect(((await faultOf(ask(prover(leak)))) as Error).message).not.toContain('verysecret');
  });
});

test('the doctor says whether the program is there and what it lacks', async () => {
  expect((await prover(node('')).diagnose())[0]).toMatchObject({ ok: true });
  expect((await prover(['no-such-program-here']).diagnose())[0]).toMatchObject({ ok: false });
  expect(await prover(node(''), { passEnv: ['SURELY_NOT_SET'] }).diagnose()).toContainEqual(
    expect.objectContaining({ ok: false, fix: 'export SURELY_NOT_SET=…' }),
  );
});
