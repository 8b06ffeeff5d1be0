import type { AddCommand } from '../cli.ts';
import { addAttach } from './attach.ts';
import { addBench } from './bench.ts';
import { addCache } from './cache.ts';
import { addCheck } from './check.ts';
import { addClean } from './clean.ts';
import { addCompare } from './compare.ts';
import { addCompletion } from './completion.ts';
import { addConfig } from './config.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addImport } from './import.ts';
import { addLeanRepl } from './lean.ts';
import { addLeanSetup } from './lean-setup.ts';
import { addLemmas } from './lemmas.ts';
import { addLogs } from './logs.ts';
import { addLs } from './ls.ts';
import { addOpen } from './open.ts';
import { addPredictor } from './predictor.ts';
import { addPrompt } from './prompt.ts';
import { addPrompts } from './prompts.ts';
import { addProve } from './prove.ts';
import { addReport } from './report.ts';
import { addRetry } from './retry.ts';
import { addSchedule } from './schedule.ts';
import { addServe } from './serve.ts';
import { addShow } from './show.ts';
import { addCancel, addPause, addResume, addSet } from './steer.ts';
import { addTrust } from './trust.ts';
import { addUp, addWorker } from './up.ts';

type Group = readonly [heading: string, commands: readonly AddCommand[]];

/** In the order in which `--help` lists them. */
export const COMMANDS: readonly Group[] = [
  [
    'Prove:',
    [
      addDemo,
      addProve,
      addBench,
      addImport,
      addCheck,
      addRetry,
      addPrompt,
      addPrompts,
      addLemmas,
      addPredictor,
    ],
  ],
  [
    'Runs:',
    [
      addLs,
      addShow,
      addLogs,
      addReport,
      addCompare,
      addOpen,
      addAttach,
      addPause,
      addResume,
      addSet,
      addCancel,
      addSchedule,
    ],
  ],
  ['Serve:', [addUp, addWorker, addServe]],
  ['Set up:', [addDoctor, addConfig, addTrust, addCache, addClean, addLeanSetup, addLeanRepl, addCompletion]],
];
