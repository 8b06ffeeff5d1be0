import { fileURLToPath } from 'node:url';

/** Cache folder for prepared Lean that all tests share: making it takes 10 s, so it outlives a run (its content is checked). */
export const LEAN_CACHE = fileURLToPath(
  new URL('../../node_modules/.cache/proofloop-tests/lean', import.meta.url),
);
