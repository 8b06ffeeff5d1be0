import type { Say } from '../../temporal/session.ts';

const QUIET_MS = 8000;

/** While something is set up: repeats what it is at when nothing was said for a while. */
export const withHeartbeat = async <T>(say: Say, work: (say: Say) => Promise<T>): Promise<T> => {
  const started = Date.now();
  let last = 'getting Lean ready';
  let spoken = started;
  const tell: Say = (line) => {
    last = line;
    spoken = Date.now();
    say(line);
  };
  const timer = setInterval(() => {
    if (Date.now() - spoken < QUIET_MS) return;
    spoken = Date.now();
    say(`… still at it after ${Math.round((Date.now() - started) / 1000)} s: ${last}`);
  }, 1000);
  try {
    return await work(tell);
  } finally {
    clearInterval(timer);
  }
};
