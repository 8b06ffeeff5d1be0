import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { historyFromJson } from '../../src/temporal/history-json.ts';
import { scenarios } from '../support/scenarios.ts';
import { testServer } from '../support/temporal.ts';

const HISTORIES = fileURLToPath(new URL('../histories/', import.meta.url));
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let workflowBundle: WorkflowBundleOption;
beforeAll(async () => {
  workflowBundle = { codePath: (await testServer()).bundle };
});

// No connection holds the runtime here, so nothing else would end it.
afterAll(() => Runtime.instance().shutdown());

/** What replaying says of each committed history: null when the workflows still emit the same commands. */
const replay = async (bundle: WorkflowBundleOption, names: readonly string[]) => {
  const files = new Map<string, string>();
  async function* histories() {
    for (const name of names) {
      const json = await readFile(join(HISTORIES, name), 'utf8');
      const history = historyFromJson(json);
      // The ids of a sketch's steps begin with the theorem's.
      const own = history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId ?? name;
      files.set(own, name);
      yield { workflowId: own, history };
    }
  }
  const errors: Record<string, Error | null> = {};
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: bundle },
    histories(),
  ))
    errors[files.get(workflowId) ?? workflowId] = error ?? null;
  return errors;
};

test('a history of every path is there, and each replays on the workflows as they are', async () => {
  const names = (await readdir(HISTORIES)).sort();
  expect(names).toEqual(
    scenarios()
      .map(({ name }) => `${name}.json`)
      .sort(),
  );
  expect(await replay(workflowBundle, names)).toEqual(Object.fromEntries(names.map((name) => [name, null])));
});

test('a reordered workflow fails the replay', async () => {
  const reordered = await bundleWorkflowCode({
    workflowsPath: here('./fixtures/reordered.ts'),
    logger: new DefaultLogger('ERROR'),
  });
  const errors = await replay(reordered, ['solved.json', 'local.json']);
  for (const error of Object.values(errors)) expect(error).toBeInstanceOf(DeterminismViolationError);
});

test('the bundle holds no schemas: building them anew would cost each workflow more than its work', async () => {
  const { bundle } = await testServer();
  expect(await readFile(bundle, 'utf8')).not.toMatch(/node_modules\/zod\//);
});
