import type { Goal } from './goal.ts';

const MAX_MODULUS = 16;
const NAT = 'Nat.pow_succ, Nat.mul_mod, Nat.add_mod';
const INT = 'Int.pow_succ, Int.mul_emod, Int.add_emod, Int.sub_emod';

/**
 * A statement about `… % k` with a small numeral: the residues of each variable modulo k, each computed.
 * `omega` sees linear terms only, so this is for powers and products.
 */
export function residues({ shape, text, intro }: Goal): string[] {
  const moduli = text.flatMap((t, i) =>
    t === '%' || t === '∣' ? [text[i + (t === '%' ? 1 : -1)] ?? ''] : [],
  );
  const k = Math.max(...moduli.filter((m) => /^\d+$/.test(m)).map(Number), 0);
  const numbers = shape.bound.filter((b) => b.type.length === 1 && /^(Nat|Int)$/.test(b.type[0]!));
  if (k < 2 || k > MAX_MODULUS || numbers.length === 0 || numbers.length > 2) return [];
  if (k ** numbers.length > 64) return [];
  const lemmas = numbers.some((b) => b.type[0] === 'Int') ? INT : NAT;
  const splits = numbers.map(({ name }, i) => {
    const cases = Array.from({ length: k }, (_, r) => `${name} % ${k} = ${r}`).join(' ∨ ');
    const names = Array.from({ length: k }, () => `r${i}`).join(' | ');
    return { have: `have r${i} : ${cases} := by omega`, cases: `rcases r${i} with ${names}` };
  });
  const known = splits.map((_, i) => `r${i}`).join(', ');
  const steps = [...splits.map((s) => s.have), splits.map((s) => s.cases).join(' <;> ')].join('\n  ');
  return [
    `\n  ${intro === '' ? '' : `${intro.replace(/; $/, '')}\n  `}${steps} <;> first | omega | simp [${known}, ${lemmas}]`,
  ];
}
