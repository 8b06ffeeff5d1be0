import type { AddCommand } from '../cli.ts';
import { addCache } from './cache.ts';
import { addClean } from './clean.ts';
import { addCompletion } from './completion.ts';
import { addConfig } from './config.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addLeanRepl } from './lean.ts';
import { addLogs } from './logs.ts';
import { addLs } from './ls.ts';
import { addShow } from './show.ts';
import { addUp, addWorker } from './up.ts';

/** In the order in which `--help` lists them. */
export const COMMANDS: readonly AddCommand[] = [
  addDemo,
  addLs,
  addShow,
  addLogs,
  addUp,
  addWorker,
  addDoctor,
  addCache,
  addConfig,
  addClean,
  addLeanRepl,
  addCompletion,
];
