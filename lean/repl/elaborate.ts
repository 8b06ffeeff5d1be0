import { parseHeader } from '../../src/lean-text/imports.ts';
import type { LeanOptions } from '../../src/model/index.ts';
import type { ElaborateAnswer } from '../service.ts';
import type { Environments } from './environments.ts';
import { endOf } from './position.ts';

/** Elaborates a whole file in its own branch of its header's environment. */
export async function elaborateFile(
  text: string,
  options: LeanOptions,
  environments: Environments,
  signal: AbortSignal | undefined,
): Promise<ElaborateAnswer> {
  const header = await environments.header(text, signal);
  if ('status' in header) return { ...header, messages: [], sorries: [] };
  const began = performance.now();
  const limits = { deadline: began + options.wallMs, signal };
  const { end } = parseHeader(text);
  const base = await environments.limited(header, options.heartbeats, limits);
  const before = text.slice(0, end);
  const done = await environments.elaborate(text.slice(end), before, base, limits);
  const sorries = done.sorries.map(({ pos, goal }) => ({ ...(pos ?? endOf(before)), goal }));
  return { status: 'ok', messages: done.messages, sorries, ms: performance.now() - began };
}
