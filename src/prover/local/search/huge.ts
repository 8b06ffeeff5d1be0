import { tokensOf } from './goal-view.ts';
import type { Step } from './steps.ts';

/** Bits of a number that Lean's tactics compute in well under a second. */
const MOST_BITS = 40_000;
const MOST_MODULUS = 10_000n;

/** Powers of numerals that nobody should compute. */
export function hugePowers(text: string): Step[] {
  const tokens = tokensOf(text);
  const steps: Step[] = [];
  let huge = false;
  tokens.forEach((t, i) => {
    if (t !== '^') return;
    const [base, exponent] = [tokens[i - 1], tokens[i + 1]];
    if (!/^\d+$/.test(base ?? '') || !/^\d+$/.test(exponent ?? '')) return;
    const bits = Math.log2(Number(base)) * Number(exponent);
    if (bits <= MOST_BITS && tokens[i + 2] !== '^') return;
    huge = true;
    const modulus = tokens[i + 2] === '%' ? tokens[i + 3] : tokens[i + 3] === '%' ? tokens[i + 4] : undefined;
    if (/^\d+$/.test(modulus ?? ''))
      steps.push(...reduced(BigInt(base!), BigInt(exponent!), BigInt(modulus!)));
  });
  return huge ? (steps.length > 0 ? steps : [NOTHING]) : [];
}

/** A step that fails at once: a goal with such a number has no other. */
const NOTHING: Step = { name: 'powers', tactic: 'assumption', cost: 1, heartbeats: 200, closes: true };

/** `b ^ e % m` by the order of `b` modulo `m`, which is looked for here and checked by Lean. */
function reduced(b: bigint, e: bigint, m: bigint): Step[] {
  if (m < 2n || m > MOST_MODULUS) return [];
  let power = b % m;
  let order = 1n;
  while (power !== 1n && order <= m) {
    power = (power * b) % m;
    order += 1n;
  }
  if (power !== 1n) return [];
  const [q, r] = [e / order, e % order];
  const tactic = [
    `rw [show ${e} = ${order} * ${q} + ${r} from rfl, Nat.pow_add, Nat.pow_mul, Nat.mul_mod, Nat.pow_mod,`,
    `show ${b} ^ ${order} % ${m} = 1 from by decide, Nat.one_pow]`,
  ].join(' ');
  return [{ name: 'powers', tactic, cost: 0.5, heartbeats: 5_000 }];
}
