import type { Config } from '../../config/config.ts';
import { ProofloopError, type RunRecord } from '../../model/index.ts';
import { createProvers, isLocal } from '../../prover/index.ts';

/**
 * The fault of serving a run here whose provers this configuration does not know, or null. A run may have been started with
 * an address on its command line; addresses are not taken from a record, which may be somebody else's, so the user says it again.
 */
export const foreignProvers = (
  config: Config,
  { runId, plan, provenance }: Pick<RunRecord, 'runId' | 'plan' | 'provenance'>,
  command: 'attach' | 'retry',
): ProofloopError | null => {
  const provers = createProvers(config);
  const unknown = plan.provers.filter((name) => !isLocal(config, name) && !provers.has(name));
  if (unknown.length === 0) return null;
  const fix =
    provenance.provers === undefined
      ? 'Put the profile into your configuration; `proofloop config show` prints what is there.'
      : `Look at the addresses; if they are yours: proofloop ${command} ${runId} --provers '${provenance.provers}'`;
  return new ProofloopError(
    'PROFILE_ELSEWHERE',
    `run ${runId} asks ${unknown.map((name) => `"${name}"`).join(', ')}, which this configuration does not know`,
    { fix },
  );
};

/** What goes on with a run of this configuration, from any terminal. */
export const attachCommand = ({ provers }: Pick<Config, 'provers'>, runId: string): string => {
  const written = writtenProvers(provers);
  return `proofloop attach ${runId}${written === undefined ? '' : ` --provers '${written}'`}`;
};

/** The provers as a command line can name them, addresses included; undefined where no name holds one. */
export const writtenProvers = ({ use, inline = [], profiles }: Config['provers']): string | undefined => {
  if (inline.length === 0) return undefined;
  const written = use.map((name) => {
    const of = name.replace(/^replay:/, '');
    const profile = profiles[of];
    if (!inline.includes(of) || profile?.kind !== 'openai' || profile.baseUrl === null) return name;
    return name.replace(/@.*$/, `@${profile.baseUrl}`);
  });
  return written.join(',');
};
