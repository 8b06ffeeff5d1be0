/**
 * Hysteresis in time, for whatever is tuned: a wish has to last before it is fulfilled, what was measured has to be of
 * the time after the last change, and growth that had to be taken back is tried again later and later. Pure; times are
 * milliseconds of one clock.
 */
export type Wish = {
  readonly to: number;
  /** For people: what was measured, and what follows. */
  readonly reason: string;
  /** The same wish again, if perhaps with another number; another rule starts its own wait. */
  readonly rule: string;
  /** How long it has to last. */
  readonly holdMs: number;
};

export type Decision = { readonly from: number; readonly to: number; readonly reason: string };

export type Held = {
  readonly value: number;
  readonly changedAt: number | null;
  readonly grewAt: number | null;
  readonly pending: { readonly rule: string; readonly since: number } | null;
  /** No growth for so long after a shrinking. */
  readonly restMs: number;
  readonly notBefore: number;
};

export type Patience = {
  /** After a change, until the window of the measurement holds nothing from before it. */
  readonly settleMs: number;
  /** Rest after a first shrinking, and the longest one; it doubles when growth did not last for `lastingMs`. */
  readonly restMs: number;
  readonly longestRestMs: number;
  readonly lastingMs: number;
};

export const held = (value: number): Held => ({
  value,
  changedAt: null,
  grewAt: null,
  pending: null,
  restMs: 0,
  notBefore: Number.NEGATIVE_INFINITY,
});

export type Step = { readonly state: Held; readonly decision: Decision | null };

export const hold = (patience: Patience, state: Held, wish: Wish | null, at: number): Step => {
  const nothing = (pending: Held['pending']): Step => ({ state: { ...state, pending }, decision: null });
  if (wish === null || wish.to === state.value) return nothing(null);
  if (state.changedAt !== null && at < state.changedAt + patience.settleMs) return nothing(null);
  const since = state.pending?.rule === wish.rule ? state.pending.since : at;
  const grows = wish.to > state.value;
  if (at - since < wish.holdMs || (grows && at < state.notBefore)) return nothing({ rule: wish.rule, since });
  const decision = { from: state.value, to: wish.to, reason: wish.reason };
  const changed = { ...state, value: wish.to, changedAt: at, pending: null };
  if (grows) return { state: { ...changed, grewAt: at }, decision };
  const lasted = state.grewAt === null || at - state.grewAt >= patience.lastingMs;
  const restMs = lasted
    ? patience.restMs
    : Math.min(patience.longestRestMs, Math.max(patience.restMs, 2 * state.restMs));
  // Further steps down in a row are one shrinking.
  return { state: { ...changed, grewAt: null, restMs, notBefore: at + restMs }, decision };
};
