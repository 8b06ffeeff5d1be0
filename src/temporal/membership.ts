import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import lockfile from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { isAlive } from './process-identity.ts';

const processSchema = z.object({ pid: z.number().int(), started: z.string().nullable() });
const portsSchema = z.object({ grpc: z.number().int(), ui: z.number().int() });

const memberSchema = z.object({
  /** One for each session; a process may hold several. */
  id: z.string(),
  process: processSchema,
  /** It polls the task queues, so that others need not. */
  worker: z.boolean(),
  /** The store that its worker uses. */
  store: z.string(),
  /** For people. */
  command: z.string(),
});
export type Member = z.infer<typeof memberSchema>;

const stateSchema = z.object({
  server: z
    .object({
      process: processSchema,
      address: z.string(),
      uiUrl: z.string(),
      ports: portsSchema,
      namespace: z.string(),
    })
    .nullable(),
  members: z.array(memberSchema),
  /** Ports of the last server, kept when it has ended. */
  ports: portsSchema.nullable(),
});

/**
 * Who uses our own server, in one JSON file. Whoever leaves last ends the server; a process that was killed
 * is seen by its identity and no longer counts, so a server that lost its owner is adopted by the next command.
 */
export type Membership = z.infer<typeof stateSchema>;

const EMPTY: Membership = { server: null, members: [], ports: null };

const parse = (text: string): Membership => {
  try {
    const state = stateSchema.parse(JSON.parse(text));
    const server = state.server !== null && isAlive(state.server.process) ? state.server : null;
    return { ...state, server, members: state.members.filter((m) => isAlive(m.process)) };
  } catch {
    return EMPTY;
  }
};

/** The living part of what the file says; never throws. */
export const readMembership = (file: string): Promise<Membership> =>
  readFile(file, 'utf8').then(parse, () => EMPTY);

/** The same for an exit handler, which cannot wait. */
export const readMembershipSync = (file: string): Membership => {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch {
    return EMPTY;
  }
};

/** Reads, lets `change` decide, writes; one process at a time. A lock left by a killed process lapses in 5 s. */
export const changeMembership = async <T>(
  file: string,
  change: (state: Membership) => Promise<{ next: Membership; value: T }>,
): Promise<T> => {
  await mkdir(dirname(file), { recursive: true });
  const release = await lockfile.lock(file, {
    realpath: false,
    stale: 5_000,
    update: 1_000,
    retries: { retries: 1_200, factor: 1, minTimeout: 50, maxTimeout: 100 },
  });
  try {
    const { next, value } = await change(await readMembership(file));
    await writeFileAtomic(file, `${JSON.stringify(next, null, 2)}\n`);
    return value;
  } finally {
    await release();
  }
};
