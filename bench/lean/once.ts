import type { CheckRequest } from '../../lean/backend.ts';
import { createEmbeddedBackend } from '../../lean/embedded/backend.ts';
import { quantile, residentMiB } from './process.ts';

/** One process from its start: prints a line of JSON. Arguments: cache folder, header, warm checks. */
const [cacheDir, header, count] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4])];

/** Right, wrong and unfinished proofs by the common tactics, in turn. */
const MIX: readonly (readonly [statement: string, proof: string])[] = [
  ['(a b c : Nat) (h : a < b) (k : b < c) : a + 1 < c + 1', 'by omega'],
  ['(xs ys : List Nat) : (xs ++ ys).length = ys.length + xs.length', 'by simp [Nat.add_comm]'],
  ['(n : Nat) : n + 1 = n', 'by simp'],
  ['(a b : Nat) (f : Nat → Nat) (h : a = b) : f a = f b', 'by grind'],
  ['(p q : Prop) : p ∧ q → q ∧ p', 'fun ⟨a, b⟩ => ⟨b, a⟩'],
  [': (2 ^ 10 : Nat) = 1024', 'by decide'],
  ['(n : Nat) : n * 0 = 0', 'by rfl'],
  ['(n : Nat) : 0 + n = n', 'by sorry'],
  ['(x y : Int) (h : 2 * x = 2 * y) : x = y', 'by omega'],
  ['(b : Bool) : (b && !b) = false', 'by cases b <;> rfl'],
];

const request = (i: number): CheckRequest => {
  const [statement, proof] = MIX[i % MIX.length]!;
  return {
    challenge: { name: `t${i}`, header, context: '', statement: `theorem t${i} ${statement}` },
    submission: { form: 'proof', text: proof },
    options: { wallMs: 60_000, heartbeats: 200_000 },
  };
};

const lean = createEmbeddedBackend({ cacheDir });
const first = await lean.start({ header });
const readyMs = performance.now();
await first.check(request(0));
const firstVerdictMs = performance.now();

// Beside the first: what one more instance costs.
const before = { ms: performance.now(), miB: await residentMiB(first.pid) };
const mate = await lean.start({ header });
const mateReadyMs = performance.now() - before.ms;
await mate.check(request(0));
const mateVerdictMs = performance.now() - before.ms;
const mateMiB = (await residentMiB(first.pid)) - before.miB;
await mate.stop();

const times: number[] = [];
for (let i = 0; i < count; i++) {
  const started = performance.now();
  await first.check(request(i));
  times.push(performance.now() - started);
}
console.log(
  JSON.stringify({
    readyMs,
    firstVerdictMs,
    mateReadyMs,
    mateVerdictMs,
    mateMiB,
    warmP50Ms: quantile(times, 0.5),
    warmP95Ms: quantile(times, 0.95),
    hostMiB: await residentMiB(first.pid),
    wasmMiB: (first.memoryBytes ?? 0) / 2 ** 20,
    sandbox: (await lean.identity()).sandbox,
    sameHost: mate.pid === first.pid,
  }),
);
await lean.close();
