import { readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect } from '@jest/globals';
import { runLeanRepl } from '../../../../lean/embedded/lean-repl.ts';
import { LEAN_CACHE } from '../../../support/lean-cache.ts';

/** Feeds chunks to a repl of its own and reads its answers. */
export async function talk(...chunks: (string | Buffer)[]): Promise<unknown[]> {
  const input = new PassThrough();
  const output = new PassThrough();
  for (const chunk of chunks) input.write(chunk);
  input.end();
  let text = '';
  output.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  expect(await runLeanRepl({ cacheDir: LEAN_CACHE, input, output })).toBe(0);
  return parsed(text);
}

/** A repl that is asked one thing after the other. */
export function conversation() {
  const input = new PassThrough();
  const output = new PassThrough();
  const done = runLeanRepl({ cacheDir: LEAN_CACHE, input, output });
  const answers: unknown[] = [];
  const waiting: ((answer: unknown) => void)[] = [];
  let text = '';
  output.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const answer: unknown = JSON.parse(text.slice(0, end));
      text = text.slice(end + 2);
      const next = waiting.shift();
      if (next) next(answer);
      else answers.push(answer);
    }
  });
  const next = () =>
    answers.length > 0
      ? Promise.resolve(answers.shift())
      : new Promise<unknown>((resolve) => waiting.push(resolve));
  return {
    send: (request: unknown) => {
      input.write(asBlock(request));
    },
    next,
    ask: (request: unknown): Promise<unknown> => {
      input.write(asBlock(request));
      return next();
    },
    end: async (): Promise<void> => {
      input.end();
      expect(await done).toBe(0);
    },
  };
}

function parsed(text: string): unknown[] {
  if (text === '') return [];
  expect(text.endsWith('\n\n')).toBe(true);
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((block) => JSON.parse(block) as unknown);
}

export const asBlock = (request: unknown): string => `${JSON.stringify(request)}\n\n`;

/** Ids of the Lean hosts below this process. */
export function hosts(): number[] {
  const read = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [pid, /^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1] ?? '0']),
  );
  const isBelow = (pid: string): boolean => {
    const parent = parents.get(pid) ?? '0';
    return parent === String(process.pid) || (parent !== '0' && isBelow(parent));
  };
  return [...parents.keys()]
    .filter((pid) => isBelow(pid) && read(pid, 'cmdline').includes('--wasm-lazy-validation'))
    .map(Number);
}
