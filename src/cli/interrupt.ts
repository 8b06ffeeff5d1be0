import { EXIT } from './exit.ts';

/** npm hands a Ctrl-C on to a child that the terminal has already told: what comes this soon is the same one. */
const SAME_KEYPRESS_MS = 400;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends the process through its exit handlers, which a signal by itself would skip: a server of ours goes with it. */
const leave = (): never => process.exit(EXIT.interrupted);

/** What a signal does in commands that do not catch it themselves. */
export const leaveOnInterrupt = (): void => {
  for (const signal of SIGNALS) process.on(signal, leave);
};

export type Interrupt = {
  /** Aborted at the first Ctrl-C (or SIGTERM, SIGHUP): start no new work, keep the state. */
  readonly soft: AbortSignal;
  /** Aborted at the second: end at once. */
  readonly hard: AbortSignal;
  /** Gives the signals back to Node. */
  release(): void;
};

/** Turns signals into two abort signals, so that nobody else has to count key presses. */
export const catchInterrupts = (now: () => number = Date.now): Interrupt => {
  const soft = new AbortController();
  const hard = new AbortController();
  let last = Number.NEGATIVE_INFINITY;
  const onSignal = () => {
    const at = now();
    if (at - last < SAME_KEYPRESS_MS) return;
    last = at;
    (soft.signal.aborted ? hard : soft).abort();
  };
  const leaves = process.listeners('SIGINT').includes(leave);
  for (const signal of SIGNALS) process.on(signal, onSignal).off(signal, leave);
  return {
    soft: soft.signal,
    hard: hard.signal,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      if (leaves) leaveOnInterrupt();
    },
  };
};

/** Resolves at the abort, at once if it is over. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
