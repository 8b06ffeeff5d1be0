import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import {
  type Theorem,
  type TheoremResult,
  theoremResultSchema,
  theoremSchema,
} from '../../src/model/index.ts';
import type { RecordedTime } from './recorded.ts';

/**
 * Records how long each theorem of the built-in suites took a real run: real Lean, local prover, nothing from the
 * store. Round 2 follows round 1 on the same store, as a user's second run does.
 */
const { values } = parseArgs({
  options: {
    suites: { type: 'string', default: 'basic,medium,hard' },
    rounds: { type: 'string', default: '2' },
    jobs: { type: 'string', default: '2' },
    out: { type: 'string', default: fileURLToPath(new URL('times.jsonl', import.meta.url)) },
  },
});
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const home = await mkdtemp(join(tmpdir(), 'proofloop-times-'));
const env = {
  XDG_DATA_HOME: join(home, 'data'),
  XDG_STATE_HOME: join(home, 'state'),
  XDG_CONFIG_HOME: join(home, 'config'),
};

const theoremsOf = async (suite: string): Promise<readonly Theorem[]> => {
  const text = await readFile(join(ROOT, 'suites', `${suite}.jsonl`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((row) => theoremSchema.parse(JSON.parse(row)));
};

const resultsOf = async (suite: string): Promise<readonly TheoremResult[]> => {
  const args = ['bench', suite, '--json', '--no-cache', '--jobs', values.jobs, '--slots', values.jobs];
  const { stdout, exitCode, stderr } = await execa(
    process.execPath,
    [join(ROOT, 'bin', 'proofloop.js'), ...args],
    { env, cwd: home, reject: false },
  );
  if (exitCode !== 0 && exitCode !== 2) throw new Error(`${args.join(' ')}: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'theorem')
    .map(({ type: _, ...result }) => theoremResultSchema.parse(result));
};

const rows: RecordedTime[] = [];
try {
  for (let round = 1; round <= Number(values.rounds); round += 1)
    for (const suite of values.suites.split(',')) {
      const theorems = new Map((await theoremsOf(suite)).map((t) => [t.id, t]));
      const results = await resultsOf(suite);
      for (const r of results.toSorted((a, b) => a.startedAt - b.startedAt)) {
        const { header = '', difficulty = null, category = null } = theorems.get(r.theoremId) ?? {};
        rows.push({
          ...{ round, suite, id: r.theoremId, header, difficulty, category, outcome: r.outcome },
          ms: r.endedAt - r.startedAt,
          leanMs: Math.round(r.ledger.leanMs),
        });
      }
      console.log(`round ${round}, ${suite}: ${results.length} theorems`);
    }
  await writeFile(values.out, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
} finally {
  await rm(home, { recursive: true, force: true });
}
