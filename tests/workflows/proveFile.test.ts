import { expect, test } from '@jest/globals';
import type { ProveFileInput, Theorem } from '../../src/model/index.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import type { FileProgress } from '../../workflows/proveFile.ts';
import type { RunSummary } from '../../workflows/run/lifecycle.ts';
import { judged } from '../support/activities.ts';
import { fileInput } from '../support/runs.ts';
import { scriptedWorld } from '../support/scripted-world.ts';
import { answer, proof } from '../support/theorems.ts';

const { script, client } = scriptedWorld();

type Run = (input: ProveFileInput, before?: FileProgress) => Promise<RunSummary>;
const run = async (input: ProveFileInput, before: FileProgress = {}): Promise<RunSummary> =>
  client().workflow.execute<Run>(WORKFLOWS.proveFile, {
    workflowId: input.runId,
    taskQueue: QUEUES.main,
    args: [input, before],
  });
test('targets are proved in file order, and an accepted proof stands in the context of those behind it', async () => {
  const seen: Theorem[] = [];
  const noted = script('order', {
    lookupProof: async ({ theorem }) => {
      seen.push(theorem);
      return null;
    },
    generate: async ({ theorem }) => answer(proof(theorem.name === 'b' ? 'wrong' : 'good')),
  });
  const summary = await run(fileInput('order', ['a', 'b', 'c']));
  expect(summary).toMatchObject({ state: 'done', total: 3 });
  expect(noted.results.map((r) => [r.name, r.outcome])).toEqual([
    ['a', 'solved'],
    ['b', 'unsolved'],
    ['c', 'solved'],
  ]);
  expect(seen.map((t) => t.header)).toEqual(Array(3).fill('import Init\n'));
  expect(seen.map((t) => t.context)).toEqual([
    '',
    'theorem a : True := good\n',
    'theorem a : True := good\ntheorem b : True := by sorry\n',
  ]);
});

test('a conditional proof is neither solved nor put in place', async () => {
  const contexts: string[] = [];
  const noted = script('conditional', {
    lookupProof: async ({ theorem }) => {
      contexts.push(theorem.context);
      return null;
    },
    verify: async ({ theorem, submission }) =>
      theorem.name === 'a'
        ? judged('wrong', false)
        : {
            ...judged(submission.text, false),
            verdict: { status: 'conditional', on: ['a'], diagnostics: [], ms: 1 },
          },
  });
  await run(fileInput('conditional', ['a', 'b', 'c']));
  expect(noted.results.map((r) => r.outcome)).toEqual(['unsolved', 'conditional', 'conditional']);
  expect(contexts[2]).toBe('theorem a : True := by sorry\ntheorem b : True := by sorry\n');
});

test('a long history continues as new with the proofs found so far in place', async () => {
  const contexts: string[] = [];
  const noted = script('long', {
    lookupProof: async ({ theorem }) => {
      contexts.push(theorem.context);
      return null;
    },
  });
  await run(fileInput('long', ['a', 'b', 'c', 'd']), { historyLimit: 12 });
  expect(noted.results.map((r) => r.name)).toEqual(['a', 'b', 'c', 'd']);
  expect(contexts[3]).toBe('theorem a : True := good\ntheorem b : True := good\ntheorem c : True := good\n');
});
