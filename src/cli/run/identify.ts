import type { Config } from '../../config/config.ts';
import type { Theorem } from '../../model/index.ts';
import { variantId, variantOf } from '../../prover/prompts/variants.ts';
import type { ModelProver } from '../../prover/prover.ts';
import type { RunMeaning } from '../../temporal/ids.ts';
import { runProvenance } from './provenance.ts';
import type { Workbench } from './workbench.ts';

export type Identified = {
  readonly runId: string;
  /** Versions that a reader of the record wants to know. */
  readonly provenance: Readonly<Record<string, string>>;
};

type Subject = Pick<RunMeaning, 'kind' | 'label' | 'sha256' | 'theoremIds' | 'chosenUnder'>;

/** The run's id by what it means: what is proved, by whom, judged by which Lean. */
export const identify = async (
  bench: Workbench,
  provers: ReadonlyMap<string, ModelProver>,
  subject: Subject,
  theorems: readonly Theorem[],
  fresh: boolean,
): Promise<Identified> => {
  const { runIdFor, seriesOf } = await import('../../temporal/ids.ts');
  const lean = await bench.lean();
  const { buildHash } = await lean.identity();
  const asked = askedOf(bench.config, provers);
  const { exhaust } = bench.config.run;
  const all = exhaust === true ? ({ exhaust: true } as const) : {};
  const meaning = { ...subject, provers: asked, lean: buildHash, ...all };
  const runId = runIdFor(meaning, { fresh });
  const provenance = await provenanceFor(bench, provers, theorems);
  return { runId, provenance: { ...provenance, series: seriesOf(meaning) } };
};

/** The first of several meanings that has a run, else the first of all. */
export const identifyKnown = async (
  bench: Workbench,
  provers: ReadonlyMap<string, ModelProver>,
  meanings: readonly [Subject, ...Subject[]],
  theorems: readonly Theorem[],
  fresh: boolean,
): Promise<Identified> => {
  const first = await identify(bench, provers, meanings[0], theorems, fresh);
  if (fresh || (await bench.store.getRunHead(first.runId)) !== null) return first;
  for (const meaning of meanings.slice(1)) {
    const other = await identify(bench, provers, meaning, theorems, false);
    if ((await bench.store.getRunHead(other.runId)) !== null) return other;
  }
  return first;
};

/** The provers of the configuration in their order, with what they ask. */
const askedOf = (config: Config, provers: ReadonlyMap<string, ModelProver>): RunMeaning['provers'] =>
  config.provers.use.map((name) => {
    const model = provers.get(name)?.model ?? null;
    return { name, model, ...(model !== null && { prompt: promptOf(config) }) };
  });

/** What the record of a run by the provers of the configuration says of where it comes from. */
export const provenanceFor = async (
  bench: Workbench,
  provers: ReadonlyMap<string, ModelProver>,
  theorems: readonly Pick<Theorem, 'header'>[],
): Promise<Readonly<Record<string, string>>> => {
  const { config } = bench;
  const models = askedOf(config, provers).flatMap(({ model }) => (model === null ? [] : [model]));
  const lean = await bench.lean();
  return runProvenance({ config, lean, models, prompt: promptOf(config), theorems });
};

/** How the prompts of a run are chosen; what was learned meanwhile makes no other run of it. */
const promptOf = ({ run }: Config): string => {
  if (run.prompt !== null) return variantId(variantOf(run.prompt));
  return run.seed === null ? 'adaptive' : `adaptive, seed ${run.seed}`;
};

/** The provers of the configuration that ask models, by name. */
export const proversOf = async (config: Config): Promise<ReadonlyMap<string, ModelProver>> => {
  const { createProvers } = await import('../../prover/index.ts');
  return createProvers(config);
};
