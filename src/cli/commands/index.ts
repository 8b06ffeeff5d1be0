import type { AddCommand } from '../cli.ts';
import { addCompletion } from './completion.ts';

/** In the order in which `--help` lists them. */
export const COMMANDS: readonly AddCommand[] = [addCompletion];
