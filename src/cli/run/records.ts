import type { RunRecord, RunState, TheoremResult } from '../../model/index.ts';
import type { Session } from '../../temporal/session.ts';
import { uiLink } from '../../temporal/ui-link.ts';
import type { ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { countOutcomes } from '../render/outcome.ts';

export type Launch = {
  readonly runId: string;
  readonly workflowId: string;
  /** Page of the run in the Temporal UI; null where we do not know where the UI is. */
  readonly url: string | null;
  readonly label: string;
  readonly total: number;
  /** It had been started before; this command only watches it. */
  readonly attached: boolean;
};

export const launchOf = (record: RunRecord, session: Session | null, attached: boolean): Launch => ({
  runId: record.runId,
  workflowId: record.runId,
  url: session?.uiUrl == null ? null : uiLink(session.uiUrl, session.namespace, record.runId),
  label: record.label,
  total: record.theoremIds.length,
  attached,
});

/** The JSON lines of `--json`. The first is `launch`, the last is `done`; standard output holds nothing else. */
export const writeRecord = (io: Io, type: string, record: object): void =>
  io.out(JSON.stringify({ type, ...record }));

export const launchRecord = (launch: Launch): object => ({
  ...launch,
  attach: `proofloop attach ${launch.runId}`,
});

/** What results came to, without keeping them. */
export class Tally {
  outcomes = countOutcomes([]);
  attempts = 0;
  costUsd: number | null = 0;

  add({ outcome, attempts, ledger }: TheoremResult): void {
    this.outcomes = { ...this.outcomes, [outcome]: this.outcomes[outcome] + 1 };
    this.attempts += attempts;
    this.costUsd = this.costUsd === null || ledger.costUsd === null ? null : this.costUsd + ledger.costUsd;
  }
}

export const tallyOf = (results: readonly TheoremResult[]): Tally => {
  const tally = new Tally();
  for (const result of results) tally.add(result);
  return tally;
};

export const doneRecord = (
  launch: Launch,
  state: RunState | 'detached' | 'interrupted',
  { outcomes, attempts, costUsd }: Tally,
  exitCode: ExitCode,
): object => ({
  runId: launch.runId,
  workflowId: launch.workflowId,
  url: launch.url,
  state,
  total: launch.total,
  ...outcomes,
  attempts,
  costUsd,
  exitCode,
});
