/** npm hands a Ctrl-C on to a child that the terminal has already told: what comes this soon is the same one. */
const SAME_KEYPRESS_MS = 400;

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
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    soft: soft.signal,
    hard: hard.signal,
    release: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
};
