import type { Config } from '../../config/config.ts';
import {
  isProofloopError,
  type ProofloopError,
  type RunRecord,
  type TheoremResult,
} from '../../model/index.ts';
import type { Asked } from '../../temporal/runs.ts';
import type { Session } from '../../temporal/session.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode, exitForRun } from '../exit.ts';
import { aborted, catchInterrupts } from '../interrupt.ts';
import { attachCommand } from './foreign-provers.ts';
import { withHeartbeat } from './heartbeat.ts';
import { learnFrom } from './learn.ts';
import { doneRecord, type Launch, launchOf, launchRecord, Tally, tallyOf, writeRecord } from './records.ts';
import { viewFor } from './view.ts';
import { watchRun } from './watch.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

type Say = (line: string) => void;

/** Milliseconds from the second Ctrl-C to the end of the process, whatever it is at. */
const LAST_MS = 3000;

/** What is there when a run is over. */
export type RunEnd = {
  readonly launch: Launch;
  readonly record: RunRecord;
  readonly wallMs: number;
};

export type Begun = {
  readonly runId: string;
  /** started: by this command; attached: it was at work already; finished: it is at its end. */
  readonly how: 'started' | 'attached' | 'finished';
};

export type Conducted = {
  readonly json: boolean;
  readonly detach: boolean;
  /** The same command again means the same run. */
  readonly again: boolean;
  /** The run's record if it is at its end already: then no server is needed. */
  readonly finished: (bench: Workbench) => Promise<RunRecord | null>;
  /** Why this process cannot serve the run, known once `finished` has answered: it may only be watched where another serves. */
  readonly barred?: () => ProofloopError | null;
  /** What this command asks, if it says so itself: a finished run may have had other limits, which is told. */
  readonly asked: Asked | null;
  readonly begin: (bench: Workbench, session: Session, say: Say) => Promise<Begun>;
  /** Prints and writes what the run has brought; may use Lean. */
  readonly finish: (end: RunEnd, bench: Workbench) => Promise<void>;
};

/** One run from its start, or from where it stands, to its end, its detachment or its interruption. */
export const conduct = async ({ io }: Cli, config: Config, run: Conducted): Promise<ExitCode> => {
  const interrupt = catchInterrupts();
  const view = viewFor(io);
  const say: Say = (line) => view.say(io.paintErr('dim', line));
  const bench = await openWorkbench(config);
  interrupt.hard.addEventListener('abort', () => setTimeout(() => process.exit(EXIT.interrupted), LAST_MS));
  const record = (type: string, value: object) => {
    if (run.json) writeRecord(io, type, value);
  };

  /** Its place is before the verdict on the run, also where it is what ended the run. */
  const tellCanary = ({ canary }: RunRecord) => {
    if (canary !== undefined) record('canary', canary);
  };

  const conclude = async (launch: Launch, over: RunRecord): Promise<ExitCode> => {
    await run.finish({ launch, record: over, wallMs: (over.endedAt ?? Date.now()) - over.startedAt }, bench);
    tellCanary(over);
    const code = exitForRun(over.state, launch.total, over.results);
    record('done', doneRecord(launch, over.state, tallyOf(over.results), code));
    return code;
  };

  const answerFromStore = async (over: RunRecord, session: Session | null): Promise<ExitCode> => {
    say(
      `Run ${over.runId} is at its end; this is what it brought.${run.again ? ' --fresh runs it anew.' : ''}`,
    );
    const { differencesOf } = await import('../../temporal/runs.ts');
    for (const d of run.asked === null ? [] : differencesOf(over, run.asked))
      say(`${d.what}: it had ${d.running ?? 'none'}, this command asks ${d.asked ?? 'none'}`);
    const launch = launchOf(over, session, true);
    record('launch', launchRecord(launch));
    for (const result of over.results) record('theorem', result);
    return conclude(launch, over);
  };

  try {
    const settingUp = withHeartbeat(say, async (told) => {
      const before = await run.finished(bench);
      if (before !== null) return before;
      const barred = run.barred?.() ?? null;
      const role = run.detach || barred !== null ? 'join-only' : 'host-if-needed';
      const session = await bench.connect(role, told).catch((error: unknown) => {
        throw barred !== null && isProofloopError(error) && error.code === 'TEMPORAL_UNREACHABLE'
          ? barred
          : error;
      });
      return { session, ...(await run.begin(bench, session, told)) };
    });
    const ready = await Promise.race([settingUp, aborted(interrupt.soft)]);
    if (ready === undefined) {
      view.stop();
      io.say('Interrupted while it was being set up.');
      // What is half open cannot be closed in order; the exit handlers end what must not stay.
      process.exit(EXIT.interrupted);
    }
    if ('results' in ready) return await answerFromStore(ready, null);
    const { session, runId, how } = ready;
    const begun = (await bench.store.getRun(runId))!;
    if (how === 'finished') return await answerFromStore(begun, session);

    const launch = launchOf(begun, session, how === 'attached');
    record('launch', launchRecord(launch));
    say(`Run ${runId}${how === 'attached' ? ', which was at work already' : ''}`);
    if (launch.url !== null) say(`Temporal UI ${launch.url}`);
    if (run.detach) {
      say(`It goes on without this command; come back with: ${attachCommand(config, runId)}`);
      record('done', doneRecord(launch, 'detached', new Tally(), EXIT.ok));
      return EXIT.ok;
    }
    const tally = new Tally();
    const onResult = (result: TheoremResult) => {
      tally.add(result);
      record('theorem', result);
    };
    const over = await watchRun({ bench, session, view, interrupt, runId, onResult }).catch(async (error) => {
      const failed = await bench.store.getRun(runId);
      if (failed !== null) tellCanary(failed);
      throw error;
    });
    if (over === null) {
      await bench.close();
      io.say(
        `Interrupted. It goes on with ${run.again ? 'the same command, or with' : 'this'}: ${attachCommand(config, runId)}`,
      );
      record('done', doneRecord(launch, 'interrupted', tally, EXIT.interrupted));
      return EXIT.interrupted;
    }
    const code = await conclude(launch, over);
    await learnFrom(bench.store, over, say);
    if (session.hostsWorker) await session.waitForOthers(interrupt.soft);
    return code;
  } finally {
    view.stop();
    await bench.close();
    interrupt.release();
  }
};
