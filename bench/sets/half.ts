import { createHash } from 'node:crypto';

export const HALVES = ['dev', 'held-out'] as const;
export type Half = (typeof HALVES)[number];

/** The half of a development set that a theorem belongs to, for good: by the lowest bit of the first byte of sha256 of its id. */
export const halfOf = (id: string): Half =>
  createHash('sha256').update(id).digest()[0]! % 2 === 0 ? 'dev' : 'held-out';
