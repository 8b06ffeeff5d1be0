import type { Fault } from './fault.ts';
import { job, outcomeOf, proof } from './requests.ts';

/** A repl command that misbehaves: tests/lean/repl/fixtures/repl.ts does what a text asks of it. */
const misbehaves = (name: string, text: string, right: readonly string[], wallMs = 60_000): Fault => ({
  group: 'repl',
  name,
  right,
  provoke: async ({ lean }) => ({
    outcomes: [await outcomeOf(lean.screen(job(': 1 = 1', wallMs), proof(text)))],
  }),
});

const kill = (name: string, right: readonly string[], text: string | null): Fault => ({
  group: 'repl',
  name,
  right,
  provoke: async ({ lean }) => {
    const victim = (state: string) => lean.status().instances.find((i) => i.state === state)?.pid ?? 0;
    if (text === null) {
      process.kill(victim('idle'), 'SIGKILL');
      return { outcomes: [] };
    }
    const onStart = () => setTimeout(() => process.kill(victim('busy'), 'SIGKILL'), 100);
    return { outcomes: [await outcomeOf(lean.screen(job(': 1 = 1'), proof(text), { onStart }))] };
  },
});

export const replFaults: readonly Fault[] = [
  kill('kill -9 of a repl with a request at work', ['accepted'], 'WORK:400'),
  kill('kill -9 of an idle repl', [], null),
  misbehaves('it hangs, wall clock 500 ms', 'FAULT:hang', ['timeout'], 500),
  misbehaves('it spins and heeds no signal but SIGKILL, wall clock 500 ms', 'FAULT:spin', ['timeout'], 500),
  misbehaves(
    'it has started a process of its own and hangs, wall clock 500 ms',
    'FAULT:child',
    ['timeout'],
    500,
  ),
  misbehaves('end of its output (EOF)', 'FAULT:eof', ['crashed']),
  misbehaves('it ends with exit code 3 and words on standard error', 'FAULT:exit3', ['crashed']),
  misbehaves('it aborts (SIGABRT)', 'FAULT:abort', ['crashed']),
  misbehaves('its answer is no JSON', 'FAULT:notjson', ['crashed']),
  misbehaves('its answer is no UTF-8', 'FAULT:badutf8', ['crashed']),
  misbehaves('its answer has the shape of another request', 'FAULT:shape', ['crashed']),
  misbehaves('its answer names an old environment', 'FAULT:oldenv', ['crashed']),
  misbehaves('it knows its own environment no more', 'FAULT:unknownenv', ['crashed', 'LEAN_PROTOCOL']),
  misbehaves('it answers twice', 'FAULT:twice', ['crashed', 'accepted']),
  misbehaves('its answer comes byte by byte, UTF-8 split', 'SAY:∀ε∃δ FAULT:split', ['accepted']),
  misbehaves('a line of 70 kB', 'FAULT:line70kb', ['accepted']),
  misbehaves('a line of 10 MB', 'FAULT:line10mb', ['accepted']),
  misbehaves('1 MB on standard error', 'FAULT:stderr1mb', ['accepted']),
];
