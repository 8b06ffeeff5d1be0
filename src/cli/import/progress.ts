import { createLogUpdate } from 'log-update';
import type { ImportStatus } from '../../suite/import/import.ts';
import { count, duration } from '../../words/units.ts';
import type { Io } from '../io.ts';

/** Milliseconds between two lines of a log. */
const PAUSE_MS = 5000;

/** Says on standard error how far the import is: a line that is drawn anew on a terminal, now and then one in a log. */
export function importProgress(io: Io) {
  const began = Date.now();
  let spoken = began;
  const done: Record<ImportStatus, number> = { imported: 0, rejected: 0, unchecked: 0, bad: 0 };
  const isLive = io.stderr.isTTY === true && io.env.CI === undefined && io.env.TERM !== 'dumb';
  const draw = isLive ? createLogUpdate(io.stderr) : null;
  const told = (): string => {
    const all = Object.values(done).reduce((sum, n) => sum + n, 0);
    const parts = Object.entries(done).flatMap(([status, n]) => (n > 0 ? [`${count(n)} ${status}`] : []));
    return `… ${count(all)} read${parts.length > 0 ? `: ${parts.join(', ')}` : ''}; ${duration(Date.now() - began)}`;
  };
  return {
    say(line: string): void {
      if (draw === null) io.say(line);
      else draw.persist(line);
    },
    done(status: ImportStatus): void {
      done[status] += 1;
      if (draw !== null) draw(io.paintErr('dim', told()));
      else if (Date.now() - spoken >= PAUSE_MS) {
        spoken = Date.now();
        io.say(told());
      }
    },
    stop(): void {
      draw?.clear();
      draw?.done();
    },
  };
}
