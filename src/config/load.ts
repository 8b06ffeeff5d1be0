import { availableParallelism } from 'node:os';
import { asksModel } from '../prover/index.ts';
import { withCommandLine } from './command-line.ts';
import type { Config, LoadedConfig } from './config.ts';
import { type Env, xdgDirs } from './dirs.ts';
import { refuseUntrusted, trustedLeans, untrusted } from './guarded.ts';
import { unknownName } from './issues.ts';
import { listedTables, namedTables } from './named.ts';
import { withoutOutranked } from './outranked.ts';
import { DEFAULT_LEANS, leanProfile, priceRow } from './profiles.ts';
import { provenanceOf } from './provenance.ts';
import { resolveProvers, valuesOf } from './provers.ts';
import { refuseUnknown, resolveSettings } from './resolve.ts';
import type { ConfigFlags } from './settings.ts';
import { readSources } from './sources.ts';
import { untrustedFiles } from './trust.ts';

/** Where tuning begins: three quarters of the cores, so that the load is not too high from the start. */
const beginning = (): number => Math.max(1, Math.floor(availableParallelism() * 0.75));

const slotsOf = (value: number | 'auto') =>
  value === 'auto' ? { slots: beginning(), autoSlots: true } : { slots: value };

const lanesOf = ({ value, rank }: { value: number | 'auto'; rank: number }, batch: boolean) => {
  if (batch && rank === 0) return { lanes: BATCH_LANES };
  return value === 'auto' ? { lanes: availableParallelism(), autoLanes: true } : { lanes: value };
};

/** Theorems at once in a run of batch jobs, where nobody says otherwise. */
const BATCH_LANES = 100;

/**
 * Reads and checks the whole configuration: flag > PROOFLOOP_* > ./proofloop.toml > the user's config.toml >
 * default. Flags that are none of ours are left alone. The result is frozen; its provenance holds no secret. With
 * `trustedOnly` a project's file that is not trusted is left out as if it were not there.
 * Throws CONFIG_INVALID, PROVER_UNKNOWN, PROFILE_UNTRUSTED, FILE_NOT_FOUND, FILE_UNREADABLE.
 */
export const loadConfig = async (inputs: {
  readonly flags: ConfigFlags;
  readonly env: Env;
  readonly cwd: string;
  readonly trustedOnly?: boolean;
}): Promise<LoadedConfig> => {
  const { flags, env, cwd, trustedOnly = false } = inputs;
  const xdg = xdgDirs(env);
  const named = flags.config ?? env.PROOFLOOP_CONFIG;
  const all = await readSources(
    cwd,
    xdg.dirs,
    named === undefined || named === '' ? undefined : String(named),
  );
  const doubtful = await untrustedFiles(all, xdg.dirs.config);
  const files = trustedOnly ? all.filter(({ file }) => !doubtful.has(file)) : all;
  refuseUnknown(files, env);
  const s = resolveSettings({ flags, env, cwd, files }, xdg.dirs);

  const own = trustedLeans(namedTables(files, 'lean.profiles', leanProfile, DEFAULT_LEANS), doubtful);
  const { profiles: leans, chosen } = withCommandLine(own.leans, s, cwd);
  const apart = Object.hasOwn(leans, chosen.value) ? undefined : own.set.get(chosen.value);
  if (apart !== undefined) throw untrusted(`The Lean profile "${chosen.value}" names a program`, apart);
  if (!Object.hasOwn(leans, chosen.value))
    throw unknownName('Lean', chosen.value, chosen.from, Object.keys(leans));
  const provers = resolveProvers(files, s['provers.use'], doubtful);
  const source = { provers: { use: provers.use, profiles: valuesOf(provers.profiles) } };
  refuseUntrusted(
    s,
    files,
    doubtful,
    provers.use.some((name) => asksModel(source, name)),
  );
  const prices = listedTables(files, 'prices', priceRow).filter(({ from }) => !doubtful.has(from));

  const config: Config = {
    temporal: {
      address: s['temporal.address'].value,
      namespace: s['temporal.namespace'].value,
      profile: s['temporal.profile'].value,
      cli: s['temporal.cli'].value,
    },
    dirs: {
      cache: s['dirs.cache'].value,
      data: s['dirs.data'].value,
      state: s['dirs.state'].value,
      config: xdg.dirs.config,
    },
    store: s.store.value,
    lean: {
      profile: chosen.value,
      profiles: valuesOf(leans),
      ...slotsOf(s['lean.slots'].value),
      maxLoad: s['lean.maxLoad'].value,
      spare: s['lean.spare'].value,
      wallMs: s['lean.wallMs'].value,
      heartbeats: s['lean.heartbeats'].value,
      memoryMiB: s['lean.memoryMiB'].value,
    },
    provers: {
      use: provers.use,
      profiles: withoutOutranked(source.provers.profiles, s),
      ...(provers.inline.length > 0 && { inline: provers.inline }),
      ...(Object.keys(provers.untrusted).length > 0 && { untrusted: provers.untrusted }),
    },
    prices: prices.map((price) => price.value),
    run: {
      // A job is as large as the theorems that wait for it.
      ...lanesOf(s['run.lanes'], s['run.batch'].value),
      samples: s['run.samples'].value,
      maxRounds: s['run.maxRounds'].value,
      maxSamples: s['run.maxSamples'].value,
      maxTokens: s['run.maxTokens'].value,
      theoremMaxCostUsd: s['run.theoremMaxCostUsd'].value,
      runMaxTokens: s['run.runMaxTokens'].value,
      runTimeoutMs: s['run.runTimeoutMs'].value,
      maxCostUsd: s['run.maxCostUsd'].value,
      timeoutMs: s['run.timeoutMs'].value,
      order: s['run.order'].value,
      withinMs: s['run.withinMs'].value,
      llmConcurrency: s['run.llmConcurrency'].value,
      rpm: s['run.rpm'].value,
      batch: s['run.batch'].value,
      batchPollMs: s['run.batchPollMs'].value,
      batchWaitMs: s['run.batchWaitMs'].value,
      batchLingerMs: s['run.batchLingerMs'].value,
      onModelFailure: s['run.onModelFailure'].value,
      lemmas: s['run.lemmas'].value,
      race: s['run.race'].value,
      exhaust: s['run.exhaust'].value,
      sketches: s['run.sketches'].value,
      sketchDepth: s['run.sketchDepth'].value,
      refute: s['run.refute'].value,
      prompt: s['run.prompt'].value,
      seed: s['run.seed'].value,
    },
    serve: {
      host: s['serve.host'].value,
      port: s['serve.port'].value,
      allowedHosts: s['serve.allowedHosts'].value,
      apiKeyFile: s['serve.apiKeyFile'].value,
      allowNoKey: s['serve.allowNoKey'].value,
      queue: s['serve.queue'].value,
      requests: s['serve.requests'].value,
      bodyMiB: s['serve.bodyMiB'].value,
      timeoutMs: s['serve.timeoutMs'].value,
      waitMs: s['serve.waitMs'].value,
      graceMs: s['serve.graceMs'].value,
    },
  };

  const from = new Map<string, string>(Object.entries(xdg.from).map(([dir, name]) => [`dirs.${dir}`, name]));
  for (const [path, found] of Object.entries(s)) if (found.rank > 0) from.set(path, found.from);
  from.set('lean.profile', chosen.from);
  for (const [name, profile] of Object.entries(leans)) from.set(`lean.profiles.${name}`, profile.from);
  for (const [name, profile] of Object.entries(provers.profiles))
    from.set(`provers.profiles.${name}`, profile.from);
  for (const [name, { file }] of Object.entries(provers.untrusted))
    from.set(`provers.untrusted.${name}`, file);
  for (const [i, price] of prices.entries()) from.set(`prices.${i}`, price.from);
  return deepFreeze({ config, provenance: provenanceOf(config, from) });
};

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const v of Object.values(value)) deepFreeze(v);
  }
  return value;
};
