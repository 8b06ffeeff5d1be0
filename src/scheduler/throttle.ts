/**
 * How many requests to one model may be under way: a limit of the provider's ("429") halves it, as many answers in a
 * row as the limit is add one. Pure; times are milliseconds since the epoch.
 */
export type Throttle = {
  readonly limit: number;
  /** What it was set up with and never exceeds. */
  readonly most: number;
  /** Answers since the last change. */
  readonly answers: number;
  /** Raised with each halving; a request knows the one it began in. */
  readonly epoch: number;
  /** Nothing is sent before. */
  readonly notBefore: number;
};

export const unthrottled = (most: number): Throttle => ({
  limit: most,
  most,
  answers: 0,
  epoch: 0,
  notBefore: 0,
});

/** A request was answered. */
export const afterAnswer = (t: Throttle): Throttle => {
  if (t.limit >= t.most) return { ...t, answers: 0 };
  const answers = t.answers + 1;
  return answers < t.limit ? { ...t, answers } : { ...t, limit: t.limit + 1, answers: 0 };
};

/**
 * A request that began in `epoch` was refused for the rate. Those that were under way together are refused together, so
 * only the first of them halves the limit; the longest wait asked for holds.
 */
export const afterLimit = (
  t: Throttle,
  epoch: number,
  now: number,
  retryAfterMs: number | null,
): Throttle => {
  const notBefore = Math.max(t.notBefore, now + (retryAfterMs ?? 0));
  if (epoch < t.epoch) return { ...t, notBefore };
  return { ...t, limit: Math.max(1, Math.floor(t.limit / 2)), answers: 0, epoch: t.epoch + 1, notBefore };
};
