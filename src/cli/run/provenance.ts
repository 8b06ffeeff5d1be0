import { availableParallelism, cpus, release, totalmem } from 'node:os';
import type { LeanService } from '../../../lean/service.ts';
import type { Config } from '../../config/config.ts';
import { CHECKER_VERSION, type Theorem, WORKFLOW_VERSION } from '../../model/index.ts';
import { priceAt } from '../../prover/prices.ts';
import { version } from '../../version.ts';
import { oneLine } from '../../words/one-line.ts';
import { revision } from '../revision.ts';
import { writtenProvers } from './foreign-provers.ts';

/** Headers that are named one by one. */
const MOST_HEADERS = 5;

export type Sources = {
  readonly config: Config;
  readonly lean: LeanService;
  /** Models that are asked. */
  readonly models: readonly string[];
  /** How their prompts are chosen. */
  readonly prompt: string;
  readonly theorems: readonly Pick<Theorem, 'header'>[];
};

/** What a reader needs to know to judge the figures of a run, or to repeat it. No secrets, no name of a host. */
export const runProvenance = async ({
  config,
  lean,
  models,
  prompt,
  theorems,
}: Sources): Promise<Readonly<Record<string, string>>> => {
  const provers = writtenProvers(config.provers);
  const { sandbox, checker, workflow, node, machine, ...product } = await placeProvenance(lean);
  return {
    ...product,
    header: headersOf(theorems),
    ...{ sandbox, checker, workflow, node, machine },
    ...(models.length > 0 && {
      models: models.join(', '),
      prompt,
      prices: models.map((model) => `${model}: ${priceText(config, model)}`).join('; '),
    }),
    ...(provers !== undefined && { provers }),
    seed: String(config.run.seed ?? 'none'),
  };
};

/** What a run is made with, whatever it is asked: this product, this Lean, this machine. */
export const placeProvenance = async (lean: LeanService) => {
  const identity = await lean.identity();
  return {
    proofloop: version(),
    revision: await revision(),
    lean: `${identity.version} (${identity.backend})`,
    leanBuild: identity.buildHash.slice(0, 16),
    leanSlots: String(lean.status().slots),
    sandbox: identity.sandbox,
    checker: CHECKER_VERSION,
    workflow: WORKFLOW_VERSION,
    node: process.versions.node,
    machine: machineText(),
  };
};

/** The same in one line, for a run that another process serves than the one that began it. */
export const placeText = (place: Awaited<ReturnType<typeof placeProvenance>>): string =>
  `${place.machine}; Lean ${place.lean}, sandbox ${place.sandbox}; proofloop ${place.proofloop}, Node ${place.node}`;

const headersOf = (theorems: Sources['theorems']): string => {
  const counts = new Map<string, number>();
  for (const { header } of theorems) {
    const text = oneLine(header) || 'import Init';
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const all = [...counts].sort(([, a], [, b]) => b - a);
  const named = all.slice(0, MOST_HEADERS).map(([text, n]) => (all.length === 1 ? text : `${text} (${n})`));
  return all.length > MOST_HEADERS
    ? `${named.join('; ')}; and ${all.length - MOST_HEADERS} more`
    : named.join('; ');
};

const machineText = (): string =>
  [
    `${availableParallelism()} x ${oneLine(cpus()[0]?.model ?? 'unknown CPU')}`,
    `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    `${process.platform} ${release()} ${process.arch}`,
  ].join(', ');

const priceText = (config: Config, model: string): string => {
  const row = priceAt(model, Date.now(), config.prices);
  return row === null
    ? 'unknown'
    : `${row.input} in, ${row.cachedInput} cached in, ${row.output} out, US dollars for a million tokens`;
};
