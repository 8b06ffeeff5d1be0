import type { Lemma } from '../../model/index.ts';
import { block } from './frames.ts';

/** Bounds of the section. A token is at least one byte of UTF-8 in every tokenizer we know, so it holds in tokens, too. */
export const MAX_LEMMAS = 12;
export const MAX_LEMMA_BYTES = 2_400;
const MAX_TYPE_CHARS = 240;

/** The most relevant stand in the prompt of every sample; the others take turns. */
const ALWAYS = 4;

const line = ({ name, type }: Lemma): string => {
  const oneLine = type.replace(/\s+/g, ' ').trim();
  const points = [...oneLine];
  return `${name} : ${points.length <= MAX_TYPE_CHARS ? oneLine : `${points.slice(0, MAX_TYPE_CHARS).join('')} …`}`;
};

/** The lemmas of one sample: the best ones, then a window of the rest that moves with round and sample. */
export function lemmasOf(lemmas: readonly Lemma[], round: number, sample: number): readonly Lemma[] {
  const known = new Map(lemmas.map((l) => [l.name, l]));
  const all = [...known.values()];
  if (all.length <= MAX_LEMMAS) return all;
  const rest = all.slice(ALWAYS);
  const width = MAX_LEMMAS - ALWAYS;
  const from = ((round - 1 + sample) * width) % rest.length;
  const window = [...rest.slice(from), ...rest.slice(0, from)].slice(0, width);
  return [...all.slice(0, ALWAYS), ...window];
}

/** Declarations that may help, with their types; null where there are none. */
export function lemmaPart(
  lemmas: readonly Lemma[] | undefined,
  round: number,
  sample: number,
): string | null {
  const lines: string[] = [];
  let bytes = 0;
  for (const lemma of lemmasOf(lemmas ?? [], round, sample)) {
    const text = line(lemma);
    bytes += Buffer.byteLength(text) + 1;
    if (bytes > MAX_LEMMA_BYTES) break;
    lines.push(text);
  }
  if (lines.length === 0) return null;
  return `Existing declarations that may help:\n${block('', lines.join('\n'))}`;
}
