import type { Allowance, Ledger } from '../../src/model/index.ts';
import { type Account, type Amount, isRefusal, lesser, type Refusal } from './account.ts';

/** What a workflow with this ledger has bought: money and tokens, estimates included, answers from the store not. */
export const boughtOf = (ledger: Ledger): Amount => ({
  usd: ledger.costUsd,
  tokens:
    ledger.inputTokens + ledger.outputTokens + (ledger.estimatedTokens ?? 0) - (ledger.cachedTokens ?? 0),
});

/**
 * Runs `body`, a child workflow, with an allowance out of `account`: at most `most`, at most `part` (0 to 1) of what is
 * left. The child stops by itself before it exceeds it (`ProveTheoremInput.allowance`); what it did not use is free
 * again afterwards. A child without a ledger (it failed) may have used all of it. `body` is not called when the account has
 * no room for `least`.
 */
export const withAllowance = async <T>(
  account: Account,
  {
    most = { costUsd: null, tokens: null },
    part = 1,
    least = { usd: 0, tokens: 0 },
  }: { readonly most?: Allowance; readonly part?: number; readonly least?: Amount },
  body: (allowance: Allowance) => Promise<{ readonly ledger: Ledger | null; readonly value: T }>,
): Promise<T | Refusal> => {
  const refusal = account.refusalOf(least);
  if (refusal !== null) return refusal;
  const { left } = account;
  const share = (of: number | null) => (of === null ? null : of * part);
  const allowance: Allowance = {
    costUsd: lesser(share(left.usd), most.costUsd),
    tokens: lesser(left.tokens === null ? null : Math.floor(left.tokens * part), most.tokens),
  };
  const reservation = account.reserve({ usd: allowance.costUsd ?? 0, tokens: allowance.tokens ?? 0 });
  if (isRefusal(reservation)) return reservation;
  try {
    const { ledger, value } = await body(allowance);
    if (ledger === null) reservation.keep();
    else reservation.settle(boughtOf(ledger));
    return value;
  } catch (error) {
    reservation.keep();
    throw error;
  }
};
