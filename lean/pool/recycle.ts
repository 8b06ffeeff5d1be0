/** When an instance is replaced. Looked at between requests only; null = no limit of that kind. */
export type RecyclePolicy = {
  /** Requests answered. */
  readonly requests: number | null;
  /** Bytes held, where the backend can tell. */
  readonly memoryBytes: number | null;
  /** Milliseconds since its start. */
  readonly ageMs: number | null;
  /** Milliseconds without a request. */
  readonly idleMs: number | null;
};

export const DEFAULT_RECYCLE: RecyclePolicy = {
  requests: 2_000,
  memoryBytes: 1.25 * 1024 ** 3,
  ageMs: 6 * 3_600_000,
  idleMs: 15 * 60_000,
};

/** What a policy looks at; times in milliseconds of one clock. */
export type Wear = {
  readonly requests: number;
  readonly memoryBytes?: number | null;
  readonly bornAt: number;
  readonly usedAt: number;
};

const over = (value: number, limit: number | null): boolean => limit !== null && value >= limit;

/** Why an instance has to go after a request, or null. */
export function wornOut(wear: Wear, policy: RecyclePolicy, now: number): string | null {
  if (over(wear.requests, policy.requests)) return `${wear.requests} requests`;
  if (over(wear.memoryBytes ?? 0, policy.memoryBytes)) return `${wear.memoryBytes} bytes`;
  if (over(now - wear.bornAt, policy.ageMs)) return `${Math.round(now - wear.bornAt)} ms old`;
  return null;
}

/** Whether an instance that does nothing has done so for too long. */
export const idleTooLong = (wear: Wear, policy: RecyclePolicy, now: number): boolean =>
  over(now - wear.usedAt, policy.idleMs) || over(now - wear.bornAt, policy.ageMs);
