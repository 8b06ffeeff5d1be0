import { createLogUpdate } from 'log-update';
import type { RunProgress, TheoremResult } from '../../model/index.ts';
import type { Io } from '../io.ts';
import { liveLines, plainLine, resultLine } from '../render/progress.ts';

/** Who watches a run. Talk goes through it, so that no line lands in the middle of a drawing. */
export interface RunView {
  say(line: string): void;
  /** A theorem is through; called once for each. */
  result(result: TheoremResult): void;
  /** Where the run stands; called often. */
  progress(progress: RunProgress, elapsedMs: number): void;
  stop(): void;
}

/** On a terminal: lines that stay for what is through, and below them a drawing of what is in work. */
const liveView = (io: Io): RunView => {
  const draw = createLogUpdate(io.stderr);
  let tick = 0;
  return {
    say: (line) => draw.persist(line),
    result: (r) => draw.persist(resultLine(r, io.paintErr)),
    progress: (p, elapsed) => {
      tick += 1;
      draw(liveLines(p, elapsed, tick, io.stderr.columns ?? 80, io.paintErr).join('\n'));
    },
    stop: () => {
      draw.clear();
      draw.done();
    },
  };
};

/** A log that stays silent longer than this looks dead. */
const QUIET_MS = 8000;

/** For logs and pipes: a line a result, and a line on where it stands when nothing else was said for a while. */
const plainView = (io: Io): RunView => {
  let spoken = Date.now();
  const say = (line: string) => {
    spoken = Date.now();
    io.say(line);
  };
  return {
    say,
    result: (r) => say(resultLine(r, io.paintErr)),
    progress: (p, elapsed) => {
      if (Date.now() - spoken >= QUIET_MS) say(plainLine(p, elapsed));
    },
    stop: () => {},
  };
};

export const viewFor = (io: Io): RunView =>
  io.stderr.isTTY === true && io.env.CI === undefined && io.env.TERM !== 'dumb'
    ? liveView(io)
    : plainView(io);
