import { stringify } from 'smol-toml';
import type { Config } from '../../config/config.ts';
import { ProofloopError } from '../../model/index.ts';
import { asksModel } from '../../prover/index.ts';
import type { Session } from '../../temporal/session.ts';

/**
 * A name with an address in it makes a profile of this process alone, because addresses and keys never go through a
 * workflow's input. Where another process's worker serves the run, it would not know it: refused, with what to write.
 * Throws PROFILE_ELSEWHERE.
 */
export const refuseElsewhere = (
  { provers: { inline = [], profiles } }: Pick<Config, 'provers'>,
  session: Pick<Session, 'hostsWorker' | 'address'>,
): void => {
  const [name] = inline;
  const profile = name === undefined ? undefined : profiles[name];
  if (session.hostsWorker || name === undefined || profile?.kind !== 'openai') return;
  const short = (profile.model ?? 'mine')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const table = {
    kind: 'openai',
    model: profile.model,
    base_url: profile.baseUrl,
    ...(profile.apiKeyEnv === null ? {} : { api_key_env: profile.apiKeyEnv }),
    ...(profile.template === 'chat' ? {} : { template: profile.template }),
  };
  throw new ProofloopError(
    'PROFILE_ELSEWHERE',
    `another process's worker serves ${session.address}, and it does not know "${name}"`,
    {
      fix: `Put this into ~/.config/proofloop/config.toml of that worker, start it again, and say --provers ${short}:\n${stringify({ provers: { [short]: table } })}`,
    },
  );
};

/**
 * A line to say where this command asks for a rate that only the worker of another process can keep; else null. The rate
 * is set by the worker when it starts, so a flag here would silently be none.
 */
export const rateElsewhere = (
  { provers, run }: Pick<Config, 'provers'> & { readonly run: Pick<Config['run'], 'rpm'> },
  session: Pick<Session, 'hostsWorker'>,
): string | null => {
  const asked = provers.use.some((name) => asksModel({ provers }, name));
  if (session.hostsWorker || run.rpm === null || !asked) return null;
  return `Another process's worker serves this run: the requests a minute that it was started with hold, not the ${run.rpm} of this command.`;
};
