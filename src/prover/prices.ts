import type { Price } from '../config/config.ts';
import type { Tokens } from '../model/index.ts';

/** A price row; `above` replaces the three prices where the prompt has more than `promptTokens` tokens. */
export type PriceRow = Price & {
  readonly above?: {
    readonly promptTokens: number;
    readonly input: number;
    readonly cachedInput: number;
    readonly output: number;
  };
};

const OPEN = '2026-01-01';

/**
 * Google's list prices, US dollars per million tokens, as published by 2026-11-23 (ai.google.dev pricing
 * page and resellers that quote it); cached input is a tenth of input. Thoughts are billed as output.
 */
export const LIST_PRICES: readonly PriceRow[] = [
  ...['gemini-3.8-flash', 'gemini-3.7-flash'].flatMap((model): PriceRow[] => [
    { model, input: 0.75, cachedInput: 0.075, output: 3.75, from: OPEN, to: '2027-01-01' },
    { model, input: 1.5, cachedInput: 0.15, output: 7.5, from: '2027-01-01', to: null },
  ]),
  { model: 'gemini-3.6-flash', input: 1.5, cachedInput: 0.15, output: 7.5, from: OPEN, to: null },
  { model: 'gemini-3.5-flash', input: 1.5, cachedInput: 0.15, output: 9, from: OPEN, to: null },
  { model: 'gemini-3.5-flash-lite', input: 0.3, cachedInput: 0.03, output: 2.5, from: OPEN, to: null },
  {
    model: 'gemini-3.1-pro-preview',
    input: 2,
    cachedInput: 0.2,
    output: 12,
    from: OPEN,
    to: null,
    above: { promptTokens: 200_000, input: 4, cachedInput: 0.4, output: 18 },
  },
];

/** A request in a batch job costs half (ai.google.dev pricing page, as published by 2026-11-23). */
export const BATCH_PRICE_FACTOR = 0.5;

const bare = (model: string): string => model.replace(/^.*\bmodels\//, '');

/** The row that holds for a model at a moment (ms since the epoch); the user's rows win over the list. */
export function priceAt(model: string, at: number, own: readonly Price[]): PriceRow | null {
  const holds = (row: PriceRow): boolean =>
    row.model === bare(model) && at >= Date.parse(row.from) && (row.to === null || at < Date.parse(row.to));
  return own.find(holds) ?? LIST_PRICES.find(holds) ?? null;
}

/**
 * The row for an answer: that of the version which answered (a retired id is routed to another model and
 * billed as that one), or of the id that was asked for if the version is only a dated form of it.
 */
export function priceOfAnswer(
  asked: string,
  version: string | null,
  at: number,
  own: readonly Price[],
): PriceRow | null {
  if (version === null) return priceAt(asked, at, own);
  const exact = priceAt(version, at, own);
  if (exact !== null) return exact;
  const isDatedForm = bare(version).replace(/-(?:\d{3}|\d{2}-\d{4}|\d{2}-\d{2})$/, '') === bare(asked);
  return isDatedForm ? priceAt(asked, at, own) : null;
}

/** A server of one's own: whatever is asked costs nothing. */
export const isFree = ({ input, cachedInput, output, above }: PriceRow): boolean =>
  above === undefined && input === 0 && cachedInput === 0 && output === 0;

/** US dollars for what was used. */
export function costOf(row: PriceRow, tokens: Tokens): number {
  const rate = row.above !== undefined && tokens.input > row.above.promptTokens ? row.above : row;
  const fresh = Math.max(0, tokens.input - tokens.cachedInput);
  return (
    (fresh * rate.input +
      tokens.cachedInput * rate.cachedInput +
      (tokens.output + tokens.thoughts) * rate.output) /
    1e6
  );
}

/**
 * The most that one request may cost: a token is at least one byte of UTF-8, and thoughts count against the
 * output limit. The dearer of the prices now and at the request's deadline holds. Null = price unknown.
 */
export function boundOf(
  model: string,
  promptBytes: number,
  maxOutputTokens: number,
  span: { readonly from: number; readonly to: number },
  own: readonly Price[],
): number | null {
  const rows = [priceAt(model, span.from, own), priceAt(model, span.to, own)];
  const costs = rows.flatMap((row) => {
    if (row === null) return [];
    return [costOf(row, { input: promptBytes, cachedInput: 0, output: maxOutputTokens, thoughts: 0 })];
  });
  return costs.length < rows.length ? null : Math.max(...costs);
}
