import { createLeanService } from '../../lean/index.ts';
import type { LeanService } from '../../lean/service.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Attempt, Theorem } from '../../src/model/index.ts';
import { buildPrompt, PROMPT_VARIANTS, variantId } from '../../src/prover/prompts/build.ts';
import { countTokens } from '../../src/prover/prompts/tokenizer.ts';
import type { Feedback } from '../../src/prover/prover.ts';
import { loadSuite } from '../../src/suite/load.ts';
import { feedbackFor } from '../../workflows/theorem/feedback.ts';

type Spread = { readonly mean: number; readonly most: number };
export type Row = {
  readonly variant: string;
  readonly suite: string;
  readonly theorems: number;
  /** Tokens of the part that is the same for all theorems of these imports. */
  readonly system: number;
  /** Tokens of whole prompts: the first sample, and the repair of a proof that Lean refused. */
  readonly fresh: Spread;
  readonly repair: Spread;
};

/** The same wrong (or too weak) proof for every theorem, judged by Lean, so that repairs carry real messages. */
const ATTEMPT = { form: 'proof', text: 'by simp' } as const;

const refusedBy = async (lean: LeanService, challenge: Theorem): Promise<Feedback | null> => {
  const options = { wallMs: 20_000, heartbeats: 200_000 };
  const verdict = await lean.screen({ challenge, options }, ATTEMPT);
  if (verdict.status === 'accepted') return null;
  const attempt = { n: 1, submission: ATTEMPT, verdict } as Attempt;
  return feedbackFor([attempt], { kind: 'repair', of: 1, again: 0, repeated: 0 })[0] ?? null;
};

const spread = (values: readonly number[]): Spread => ({
  mean: values.reduce((a, b) => a + b, 0) / Math.max(1, values.length),
  most: Math.max(0, ...values),
});

export const measure = async (suites: readonly string[]): Promise<Row[]> => {
  const { config } = await loadConfig({ flags: {}, env: process.env, cwd: process.cwd() });
  const lean = await createLeanService(config);
  const rows: Row[] = [];
  try {
    for (const suite of suites) {
      const { theorems } = await loadSuite(suite);
      const refused = await Promise.all(theorems.map((theorem) => refusedBy(lean, theorem)));
      for (const variant of PROMPT_VARIANTS) {
        const tokensOf = async (theorem: Theorem, feedback: readonly Feedback[]) => {
          const round = feedback.length + 1;
          const request = { theorem, round, sample: 0, feedback, leanVersion: '4.28.0' };
          const prompt = buildPrompt(request, variant);
          return { prompt, tokens: (await countTokens(prompt, '')).tokens };
        };
        const fresh = await Promise.all(theorems.map((theorem) => tokensOf(theorem, [])));
        const repairs = await Promise.all(
          theorems.flatMap((theorem, i) => {
            const feedback = refused[i];
            return feedback == null ? [] : [tokensOf(theorem, [feedback])];
          }),
        );
        const { system } = fresh[0]!.prompt;
        rows.push({
          ...{ variant: variantId(variant), suite, theorems: theorems.length },
          system: (await countTokens({ system, user: '' }, '')).tokens,
          fresh: spread(fresh.map((f) => f.tokens)),
          repair: spread(repairs.map((r) => r.tokens)),
        });
      }
    }
  } finally {
    await lean.close();
  }
  return rows;
};
