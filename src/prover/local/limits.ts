import type { LocalLimits } from '../prover.ts';

/** What a theorem may take that nobody closes: about 3 s of a processor of 2025. Most proofs take a tenth of it. */
export const SEARCH_LIMITS: LocalLimits = { heartbeats: 20_000, wallMs: 12_000 };
