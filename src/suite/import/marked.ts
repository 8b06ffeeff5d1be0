import { leanText } from '../../lean-text/assemble.ts';
import { tokenize } from '../../lean-text/lexer.ts';
import { cutText } from './cuts.ts';
import { draftsOfCuts, type Reading } from './drafts.ts';
import { bad, type Item } from './item.ts';

/** VERINA's marks: `-- !benchmark @start proof` … `-- !benchmark @end proof`, each a comment of its own. */
const MARK = /^--\s*!benchmark\s+@(start|end)\s+(\w+)/u;

type Region = { readonly name: string; readonly line: number; readonly start: number; readonly end: number };

/** Whether a text marks the place of a proof. */
export const isMarked = (text: string): boolean => /^\s*--\s*!benchmark\s+@start\s+proof\b/mu.test(text);

/**
 * The theorems whose proofs stand in marked regions. Reference proofs are cut, and the lemmas that were written for them
 * (`proof_aux`); code and specification stay.
 */
export function draftsOfMarked(raw: string, reading: Reading): Item[] {
  const whole = leanText(raw);
  const found = regionsOf(whole);
  if ('fault' in found) return [bad(reading.place(found.line), reading.id, found.fault)];
  const helpers = found.regions.filter(
    (r) => r.name === 'proof_aux' && tokenize(whole.slice(r.start, r.end)).some((t) => t.kind !== 'comment'),
  );
  const text = helpers.reduceRight((left, r) => `${left.slice(0, r.start)}\n${left.slice(r.end)}`, whole);
  const after = regionsOf(text);
  const proofs = 'fault' in after ? [] : after.regions.filter((r) => r.name === 'proof');
  const cut = cutText(text);
  const changes = [
    ...(reading.changes ?? []),
    ...(helpers.length > 0 ? ['lemmas of its proof (`proof_aux`) were cut'] : []),
  ];
  return proofs.flatMap((region): Item[] => {
    const owner = cut.cuts.findLast((c) => c.start < region.start);
    if (owner === undefined || owner.start + owner.statement.length > region.start)
      return [
        bad(reading.place(region.line), reading.id, 'no theorem stands before the mark `@start proof`'),
      ];
    const isProof = owner.end > region.start;
    const chosen = isProof || owner.proof === 'sorry' ? owner : { ...owner, proof: 'none' as const };
    const id = proofs.length > 1 ? `${reading.id}.${owner.name}` : reading.id;
    return draftsOfCuts({ ...cut, cuts: [] }, [chosen], { ...reading, id, changes });
  });
}

/** The marked regions, from behind the line of their start to the mark of their end. */
function regionsOf(
  text: string,
): { readonly regions: readonly Region[] } | { readonly fault: string; readonly line: number } {
  const regions: Region[] = [];
  let open: { name: string; line: number; start: number } | null = null;
  for (const { kind, text: comment, start, end, line } of tokenize(text)) {
    const [, what, name] = kind === 'comment' ? (MARK.exec(comment) ?? []) : [];
    if (what === undefined || name === undefined) continue;
    if (what === 'start') {
      if (open !== null) return { fault: `\`@start ${name}\` stands inside of \`${open.name}\``, line };
      open = { name, line, start: end };
    } else if (open?.name !== name) return { fault: `\`@end ${name}\` ends nothing that was begun`, line };
    else {
      regions.push({ ...open, end: start });
      open = null;
    }
  }
  if (open !== null) return { fault: `\`@start ${open.name}\` has no end`, line: open.line };
  return { regions };
}
