import type { Started } from '../../temporal/runs.ts';
import type { Session } from '../../temporal/session.ts';
import { plural } from '../../words/units.ts';
import type { Begun } from './conduct.ts';
import { rateElsewhere, refuseElsewhere } from './elsewhere.ts';
import type { Workbench } from './workbench.ts';

type Start = (
  ctx: Session & Pick<Workbench, 'store'>,
  runs: typeof import('../../temporal/runs.ts'),
) => Promise<Started>;

/** Starts a run or attaches to it; to one that is at work the limits that this command names are applied, and told. */
export const begin = async (
  bench: Workbench,
  session: Session,
  say: (line: string) => void,
  start: Start,
): Promise<Begun> => {
  refuseElsewhere(bench.config, session);
  const rate = rateElsewhere(bench.config, session);
  if (rate !== null) say(rate);
  const runs = await import('../../temporal/runs.ts');
  const ctx = { ...session, store: bench.store };
  const started = await start(ctx, runs);
  if (started.how === 'attached' && started.differences.length > 0) {
    for (const d of started.differences)
      say(
        `${d.what}: the running run has ${d.running ?? 'none'}, this command asks ${d.asked ?? 'none'}: ${d.what === 'order' ? 'not applied, it keeps the order in which it began (--fresh is a new run)' : 'applied'}`,
      );
    await runs.applyDifferences(ctx, started.runId, started.differences);
  }
  if (started.how === 'started' && started.goesOn !== undefined) {
    const { kept, again, from } = started.goesOn;
    const rest = `${plural(again, 'theorem')} to do`;
    say(
      from === started.runId
        ? `The run goes on: ${rest}, ${plural(kept, 'outcome')} kept.`
        : `${plural(kept, 'outcome')} taken from ${from}, where the theorem is the same; ${rest}.`,
    );
  }
  return { runId: started.runId, how: started.how };
};
