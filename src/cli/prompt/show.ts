import type { LeanService } from '../../../lean/service.ts';
import type { Config } from '../../config/config.ts';
import { type Lemma, ProofloopError, type Theorem } from '../../model/index.ts';
import { boundOf, costOf, LIST_PRICES, priceAt } from '../../prover/prices.ts';
import { variantOf } from '../../prover/prompts/build.ts';
import { countTokens, type TokenCount } from '../../prover/prompts/tokenizer.ts';
import type { Feedback, GenerateRequest, ModelProver, PromptSpec } from '../../prover/prover.ts';
import { count, dollars, plural } from '../../words/units.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { renderTable } from '../render/table.ts';
import { proversOf } from '../run/identify.ts';
import { modelProvers } from '../run/plan.ts';
import { feedbackAfter, feedbackIn } from './feedback.ts';

export type ShowOptions = {
  readonly json: boolean;
  readonly prover: string | null;
  readonly variant: string | null;
  readonly round: number | null;
  readonly sample: number;
  readonly feedback: string | null;
  readonly after: string | null;
  readonly lemmas: boolean;
};

/** Lean of the embedded backend, where none is started to be asked. */
const EMBEDDED_LEAN = '4.28.0';
const LEMMAS = 24;
/** Output tokens at most, where the prover's profile does not say. */
const OUTPUT = 32_768;
/** What stands round the two texts of a request, in tokens. */
const FRAME = 64;

type Cost = { readonly model: string; readonly inputUsd: number | null; readonly atMostUsd: number | null };

const proverFor = async (config: Config, name: string | null): Promise<ModelProver> => {
  const wanted = name ?? modelProvers(config)[0] ?? 'gemini';
  const prover = (await proversOf(config)).get(wanted);
  if (prover === undefined)
    throw new ProofloopError('PROVER_UNKNOWN', `'${wanted}' is no prover that asks a model`);
  return prover;
};

/** Every model with a price, the prover's own first. Prices are those of this moment. */
const costsOf = (config: Config, prompt: PromptSpec, tokens: TokenCount, output: number): Cost[] => {
  const at = Date.now();
  const models = [prompt.model, ...config.prices.map((p) => p.model), ...LIST_PRICES.map((p) => p.model)];
  return [...new Set(models)].map((model): Cost => {
    const row = priceAt(model, at, config.prices);
    const used = { input: tokens.tokens, cachedInput: 0, output: 0, thoughts: 0 };
    return {
      model,
      inputUsd: row === null ? null : costOf(row, used),
      atMostUsd: boundOf(model, tokens.atMost + FRAME, output, { from: at, to: at }, config.prices),
    };
  });
};

/** The most that the model may answer with, as the request or the profile says. */
const outputLimit = ({ params }: PromptSpec): number =>
  typeof params.maxOutputTokens === 'number' ? params.maxOutputTokens : OUTPUT;

const lemmasFor = async (lean: LeanService, theorem: Theorem, config: Config): Promise<readonly Lemma[]> => {
  const { wallMs, heartbeats } = config.lean;
  const found = await lean.relevant(
    { challenge: theorem, options: { wallMs, heartbeats } },
    { limit: LEMMAS },
  );
  return found.map(({ name, type }) => ({ name, type }));
};

/** Shows the prompt that a sample would be asked with. No model is asked; Lean is started only for --after and --lemmas. */
export const showPrompt = async (
  cli: Cli,
  config: Config,
  theorem: Theorem,
  options: ShowOptions,
): Promise<ExitCode> => {
  const { io } = cli;
  const prover = await proverFor(config, options.prover);
  const variant = variantOf(options.variant ?? config.run.prompt);
  const needsLean = options.after !== null || options.lemmas;
  const lean = needsLean
    ? await import('../../../lean/index.ts').then(({ createLeanService }) => createLeanService(config))
    : null;
  try {
    const feedback: Feedback[] = options.feedback === null ? [] : [await feedbackIn(options.feedback, io)];
    if (options.after !== null && lean !== null) {
      const after = await feedbackAfter(options.after, theorem, lean, config, io);
      if (after === null) {
        io.say(`Lean accepts ${options.after} as a proof of ${theorem.name}: there is nothing to repair.`);
        if (options.json) io.out(JSON.stringify({ type: 'accepted', theoremId: theorem.id }));
        return EXIT.ok;
      }
      feedback.push(after);
    }
    const request: GenerateRequest = {
      theorem,
      round: options.round ?? (feedback.length > 0 ? 2 : 1),
      sample: options.sample,
      feedback,
      leanVersion: lean === null ? EMBEDDED_LEAN : (await lean.identity()).version,
      variant: variant.name,
      ...(options.lemmas && lean !== null && { lemmas: await lemmasFor(lean, theorem, config) }),
    };
    const prompt = prover.prompt(request);
    const tokens = await countTokens(prompt, prompt.model);
    const costs = costsOf(config, prompt, tokens, outputLimit(prompt));
    print(cli, { prover, request, prompt, tokens, costs }, options.json);
    return EXIT.ok;
  } finally {
    await lean?.close();
  }
};

type Shown = {
  readonly prover: ModelProver;
  readonly request: GenerateRequest;
  readonly prompt: PromptSpec;
  readonly tokens: TokenCount;
  readonly costs: readonly Cost[];
};

const print = ({ io }: Cli, { prover, request, prompt, tokens, costs }: Shown, json: boolean): void => {
  const { round, sample, theorem } = request;
  const variant = prompt.variant ?? null;
  if (json) {
    io.out(
      JSON.stringify({
        ...{ type: 'prompt', theoremId: theorem.id, prover: prover.name, model: prompt.model, variant },
        ...{ round, sample, system: prompt.system, user: prompt.user, params: prompt.params },
        ...{ tokens: tokens.tokens, tokensAtMost: tokens.atMost, tokenizer: tokens.tokenizer },
        ...{ ownTokenizer: tokens.own, maxOutputTokens: outputLimit(prompt), costs },
      }),
    );
    return;
  }
  const bold = (text: string) => io.paintOut('bold', text);
  io.out(bold('── system ──'));
  io.out(prompt.system);
  io.out('');
  io.out(bold('── user ──'));
  io.out(prompt.user);
  io.out('');
  io.out(bold('── tokens and cost ──'));
  io.out(
    `${theorem.id}: ${prover.name}, prompt ${variant ?? 'of the prover itself'}, round ${round}, sample ${sample}`,
  );
  io.out(
    `${plural(tokens.tokens, 'token')} by ${tokens.tokenizer}: ${tokens.note} (${count(tokens.atMost)}).`,
  );
  io.out('');
  const head = [
    { head: 'model' },
    { head: 'input', align: 'right' },
    { head: `at most, with ${count(outputLimit(prompt))} tokens out`, align: 'right' },
  ] as const;
  const rows = costs.map((c) => [c.model, dollars(c.inputUsd), dollars(c.atMostUsd)]);
  for (const line of renderTable(head, rows, io.stdout.columns ?? 100, io.paintOut)) io.out(line);
};
