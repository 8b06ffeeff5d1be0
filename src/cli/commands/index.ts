import type { AddCommand } from '../cli.ts';
import { addCache } from './cache.ts';
import { addClean } from './clean.ts';
import { addCompletion } from './completion.ts';
import { addConfig } from './config.ts';

/** In the order in which `--help` lists them. */
export const COMMANDS: readonly AddCommand[] = [addCache, addConfig, addClean, addCompletion];
