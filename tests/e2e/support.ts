import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../src/model/index.ts';
import { openStore } from '../../src/store/index.ts';
import { readMembership } from '../../src/temporal/membership.ts';
import type { ProcessIdentity } from '../../src/temporal/process-identity.ts';
import { type Home, startCli } from '../support/cli.ts';
import type { GeminiServer, Seen } from '../support/gemini-server.ts';

/** For a run in which what a model is told of the library plays no part: each Lean instance would read all of it first. */
export const NO_LEMMAS: readonly string[] = ['--lemmas', '0'];

/** Statements that `by omega` proves; the local prover is left out of these runs, so each proof is a model's. */
export const statements = (count: number): { id: string; name: string; statement: string }[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `c${i}`,
    name: `c${i}`,
    statement: `theorem c${i} (a b : Nat) (h : a + ${i} < b) : a + ${i + 1} ≤ b`,
  }));

export async function writeSuite(home: Home, name: string, count: number): Promise<string> {
  const file = join(home.dir, `${name}.jsonl`);
  await writeFile(
    file,
    `${statements(count)
      .map((t) => JSON.stringify(t))
      .join('\n')}\n`,
  );
  return file;
}

export const writeConfig = async (home: Home, toml: string): Promise<void> => {
  const folder = join(home.dir, 'config', 'proofloop');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.toml'), toml);
};

export async function onlyRun(home: Home): Promise<RunRecord> {
  const store = await openStore(join(home.dir, 'data', 'proofloop', 'store.db'));
  try {
    const runs = await store.listRuns(10);
    if (runs.length !== 1) throw new Error(`expected one run, found ${runs.map((r) => r.runId).join(', ')}`);
    return runs[0]!;
  } finally {
    await store.close();
  }
}

/** Requests that were asked again although the answer to the same one had been given well before `killedAt` (ms). */
export function paidTwice(server: GeminiServer, killedAt: number): Seen[] {
  const first = new Map<string, Seen>();
  const again: Seen[] = [];
  for (const seen of server.requests) {
    const key = JSON.stringify(seen.body);
    const before = first.get(key);
    if (before === undefined) first.set(key, seen);
    else if (before.abortedAt === null && before.at + (before.step.delayMs ?? 0) < killedAt - 500)
      again.push(seen);
  }
  return again;
}

/** How often each request was sent. */
export function timesAsked(server: GeminiServer): number[] {
  const counts = new Map<string, number>();
  for (const { body } of server.requests) {
    const key = JSON.stringify(body);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** The dev server that the commands of this home share. */
export async function serverOf(home: Home): Promise<{ process: ProcessIdentity; address: string }> {
  const { server } = await readMembership(join(home.dir, 'state', 'proofloop', 'temporal.json'));
  if (server === null) throw new Error('no server runs');
  return server;
}

type Command = ReturnType<typeof startCli>;

/** The commands of a test: `stop` interrupts those that still run, and waits for them. */
export class Commands {
  readonly #started: Command[] = [];

  start(home: Home, args: readonly string[]): Command {
    return this.add(startCli(home, [...args]));
  }

  add(command: Command): Command {
    this.#started.push(command);
    return command;
  }

  async stop(): Promise<void> {
    for (const command of this.#started.splice(0)) {
      command.kill('SIGINT');
      await command;
    }
  }
}
