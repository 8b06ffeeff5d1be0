import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { fullText } from '../../../src/model/index.ts';
import type { Step } from '../../support/gemini-server.ts';
import { proverOf, requestOf, useEnvironment } from '../support.ts';

test('the scripted server runs as a process, answers from its file and tells what it has seen', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proofloop-gemini-'));
  const script: Step[] = [
    { kind: 'proof', proof: 'by rfl', match: 'round two' },
    { kind: 'proof', proof: 'by simp' },
  ];
  await writeFile(
    join(folder, 'script.json'),
    JSON.stringify({ script, otherwise: { kind: 'proof', proof: 'by omega' } }),
  );
  const program = join(import.meta.dirname, '../../support/gemini-server.ts');
  const child = execa(process.execPath, [program, '--script', join(folder, 'script.json')], {
    stderr: 'inherit',
  });
  const restore = useEnvironment({});
  let end: Awaited<typeof child> | undefined;
  try {
    const { value } = await child.iterable()[Symbol.asyncIterator]().next();
    const { url } = JSON.parse(String(value)) as { url: string };
    Object.assign(process.env, { GEMINI_API_KEY: 'AIzaScripted0123456789', GOOGLE_GEMINI_BASE_URL: url });
    const prover = proverOf();
    const ask = async (user: string) => {
      const prompt = { ...prover.prompt(requestOf()), user };
      const answer = await prover.ask(prompt, requestOf(), { signal: new AbortController().signal });
      return fullText(requestOf().theorem, answer.submission!);
    };
    expect(await ask('round one')).toContain(':= by simp');
    expect(await ask('round two')).toContain(':= by rfl');
    expect(await ask('round three')).toContain(':= by omega');
    const stats = (await (await fetch(`${url}/__stats`)).json()) as {
      requests: number;
      seen: { user: string }[];
    };
    expect(stats.requests).toBe(3);
    expect(stats.seen.map((s) => s.user)).toEqual(['round one', 'round two', 'round three']);
  } finally {
    restore();
    child.kill('SIGTERM');
    end = await child;
    await rm(folder, { recursive: true });
  }
  expect(end?.exitCode).toBe(0);
});
