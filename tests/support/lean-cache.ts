import { join } from 'node:path';
import { xdgDirs } from '../../src/config/dirs.ts';

/**
 * Cache folder for prepared Lean that all tests share: making it takes 10 s, so it outlives a run (its content is
 * checked). It is the user's, since the commands that tests start use that one; two would have to be made.
 */
export const LEAN_CACHE = join(xdgDirs(process.env).dirs.cache, 'lean');
