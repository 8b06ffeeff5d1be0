import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { BatchItem } from '../../../src/prover/batch.ts';
import { DEFAULT_GEMINI } from '../../../src/prover/gemini/profile.ts';
import { GeminiProver } from '../../../src/prover/gemini/prover.ts';
import { type GeminiServer, startGeminiServer } from '../../support/gemini-server.ts';
import { theorem } from '../../support/theorems.ts';

let server: GeminiServer;
const before = { ...process.env };
beforeAll(async () => {
  server = await startGeminiServer();
  Object.assign(process.env, server.env());
});
afterEach(() => {
  server.reset();
  server.batches.setDelay(0);
});
afterAll(async () => {
  process.env = before;
  await server.close();
});

const never = new AbortController().signal;
const prover = () => new GeminiProver({ name: 'gemini', profile: DEFAULT_GEMINI, prices: [] });
const jobsOf = (p = prover()) => {
  if (p.batch === undefined) throw new Error('no batch jobs');
  return p.batch;
};
const items = (...ids: string[]): BatchItem[] =>
  ids.map((id) => {
    const request = { theorem: theorem(id), round: 1, sample: 0, feedback: [], leanVersion: '4.28.0' };
    return { id: `run/${id}`, request, prompt: prover().prompt(request) };
  });

test('a job of inlined requests comes back with an answer to each, at half the price', async () => {
  const jobs = jobsOf();
  server.push({ kind: 'proof', proof: 'by simp', match: 'theorem b ' });
  const asked = items('a', 'b');
  const name = await jobs.create('proofloop run 1', asked, never);
  expect(await jobs.look(name, never)).toEqual({ state: 'ended', detail: 'JOB_STATE_SUCCEEDED' });
  const { answers, failed } = await jobs.collect(name, asked, never);
  expect(failed.size).toBe(0);
  expect(answers.get('run/b')?.submission).toEqual({ form: 'proof', text: 'by simp' });
  const answer = answers.get('run/a');
  expect(answer?.submission?.text).toContain('omega');
  expect(answer?.costUsd).toBeCloseTo(((400 * 0.75 + 150 * 3.75) / 1e6) * 0.5, 12);
  const [job] = server.batches.jobs;
  expect(job).toMatchObject({ displayName: 'proofloop run 1', model: 'gemini-3.8-flash' });
  // The prompt of a single request, with its system part and limits.
  expect(job?.requests[0]).toMatchObject({
    metadata: { id: 'run/a' },
    request: { generationConfig: { maxOutputTokens: 32_768 }, systemInstruction: {} },
  });
});

test('each answer is told by its id, and what failed is told with its reason', async () => {
  const jobs = jobsOf();
  server.push(
    { kind: 'status', status: 500, message: 'internal', match: 'theorem b ' },
    { kind: 'raw', body: '{"candidates": 3}', match: 'theorem c ' },
    { kind: 'empty', finish: 'MAX_TOKENS', match: 'theorem d ' },
    { kind: 'empty', finish: 'SAFETY', message: 'not here', match: 'theorem e ' },
  );
  const asked = items('a', 'b', 'c', 'd', 'e');
  const name = await jobs.create('mixed', asked, never);
  const { answers, failed } = await jobs.collect(name, [...asked].reverse(), never);
  expect([...answers.keys()].sort()).toEqual(['run/a', 'run/d', 'run/e']);
  expect(answers.get('run/e')?.unusable).toBe('the model stopped with SAFETY: not here');
  expect(answers.get('run/d')?.unusable).toContain('MAX_TOKENS');
  expect(failed.get('run/b')).toContain('internal');
  expect(failed.get('run/c')).toContain('unknown form');
});

test('requests above what is taken inline go as a file, with the same content, and its answers come back', async () => {
  const inline = items('a');
  await jobsOf().create('inline', inline, never);
  const filler = 'x'.repeat(1_000_000);
  const asked = [
    ...inline,
    ...items('b', 'c'),
    ...items(...Array.from({ length: 20 }, (_, i) => `big${i}`)),
  ].map((item, i) =>
    i < 3 ? item : { ...item, prompt: { ...item.prompt, user: `${item.prompt.user}\n-- ${filler}` } },
  );
  server.push(
    { kind: 'proof', proof: 'by simp', match: 'theorem b ' },
    { kind: 'status', status: 500, message: 'internal', match: 'theorem c ' },
  );
  const jobs = jobsOf();
  expect(asked.reduce((sum, item) => sum + jobs.bytesOf(item), 0)).toBeLessThan(jobs.maxBytes);
  const name = await jobs.create('as a file', asked, never);
  const [small, large] = server.batches.jobs.slice(-2);
  expect([small?.asFile, large?.asFile, large?.displayName]).toEqual([false, true, 'as a file']);
  expect(large?.requests).toHaveLength(asked.length);
  expect(large?.requests[0]).toEqual(small?.requests[0]);
  const [upload] = server.batches.files.uploads;
  expect(upload).toMatchObject({ mimeType: 'application/jsonl', displayName: 'as a file' });
  // Larger than one chunk of an upload.
  expect(upload?.chunks.length).toBeGreaterThan(1);

  expect(await jobs.look(name, never)).toMatchObject({ state: 'ended' });
  const { answers, failed } = await jobs.collect(name, [...asked].reverse(), never);
  expect(answers.size).toBe(asked.length - 1);
  expect(answers.get('run/b')?.submission).toEqual({ form: 'proof', text: 'by simp' });
  expect(answers.get('run/b')?.costUsd).toBeCloseTo(((400 * 0.75 + 150 * 3.75) / 1e6) * 0.5, 12);
  expect(failed).toEqual(new Map([['run/c', '500 internal']]));
}, 60_000);

test('a job is found by its display name, is working until it is not, and can be cancelled', async () => {
  const jobs = jobsOf();
  server.batches.setDelay(60_000);
  const asked = items('a');
  const name = await jobs.create('slow one', asked, never);
  expect(await jobs.find('slow one', never)).toBe(name);
  expect(await jobs.find('nobody made it', never)).toBeNull();
  expect(await jobs.look(name, never)).toEqual({ state: 'working', detail: 'JOB_STATE_RUNNING' });
  await jobs.cancel(name, never);
  expect(await jobs.look(name, never)).toEqual({ state: 'ended', detail: 'JOB_STATE_CANCELLED' });
  const { answers, failed } = await jobs.collect(name, asked, never);
  expect(answers.size).toBe(0);
  expect(failed.get('run/a')).toContain('JOB_STATE_CANCELLED');
});

test('a job that is not there is a fault of the catalogue, and an aborted call is no fault', async () => {
  await expect(jobsOf().look('batches/none', never)).rejects.toMatchObject({
    code: expect.stringMatching(/^MODEL_/),
  });
  const aborted = AbortSignal.abort(new Error('given up'));
  await expect(jobsOf().create('x', items('a'), aborted)).rejects.toThrow('given up');
});

test('Vertex AI, which takes its batches from a bucket, has none', () => {
  const vertex = new GeminiProver({
    name: 'vertex',
    profile: { ...DEFAULT_GEMINI, vertex: true, project: 'p' },
    prices: [],
  });
  expect(vertex.batch).toBeUndefined();
});
