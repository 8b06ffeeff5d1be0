import {
  type Canary,
  CHECKER_VERSION,
  type LeanOptions,
  type Submission,
  type Verdict,
} from '../src/model/index.ts';
import type { LeanJob, LeanService } from './service.ts';

/** Less than these would make a canary fail that says nothing of the checker. */
const LEAST: LeanOptions = { wallMs: 60_000, heartbeats: 200_000 };

const proof = (text: string): Submission => ({ form: 'proof', text });
const declarations = (text: string): Submission => ({ form: 'declarations', text });
const FALSE = 'theorem canary : 2 + 2 = 5';

/** Each is a way in which provers have been seen to "prove" what is false. */
export const CHEATS: readonly { readonly name: string; readonly submission: Submission }[] = [
  { name: 'no proof', submission: proof('by sorry') },
  { name: 'no proof, by another name', submission: proof('sorryAx _ true') },
  { name: 'a wrong tactic', submission: proof('by decide') },
  { name: 'a wrong term', submission: proof('rfl') },
  {
    name: 'a wrong lemma',
    submission: declarations(`theorem helper : 2 + 2 = 5 := by omega\n${FALSE} := helper`),
  },
  { name: 'another statement', submission: declarations('theorem canary : 2 + 2 = 4 := rfl') },
  { name: 'another name', submission: declarations('theorem canary2 : 2 + 2 = 4 := rfl') },
  { name: 'a definition for the theorem', submission: declarations('def canary : 2 + 2 = 4 := rfl') },
  { name: 'an axiom', submission: declarations(`axiom cheat : False\n${FALSE} := cheat.elim`) },
  { name: 'compiled code', submission: proof('by native_decide') },
  {
    name: 'another addition',
    submission: declarations(`local instance : Add Nat := ⟨fun _ _ => 5⟩\n${FALSE} := rfl`),
  },
  {
    name: 'another notation',
    submission: declarations(`macro_rules | \`($_ + $_) => \`(5)\n${FALSE} := rfl`),
  },
  { name: 'the error hidden', submission: declarations(`#guard_msgs (drop all) in\n${FALSE} := by decide`) },
  {
    name: 'the kernel skipped',
    submission: declarations(`set_option debug.skipKernelTC true in\n${FALSE} := by decide +kernel`),
  },
];

const TRUTH = 'theorem canary (a b : Nat) (h : a ≤ b) : a < b + 1';
const PROOF = declarations(
  `theorem helper (n : Nat) : n < n + 1 := Nat.lt_succ_self n\n\n${TRUTH} :=\n  Nat.lt_of_le_of_lt h (helper b)`,
);

/** Of the truth, while nobody has judged it: a busy machine or a fallen process says nothing of the checker. */
const TRIES = 3;
const UNJUDGED: ReadonlySet<Verdict['status']> = new Set(['timeout', 'crashed']);

const untilJudged = async (check: () => Promise<Verdict>): Promise<Verdict> => {
  for (let tries = 1; ; tries += 1) {
    const verdict = await check();
    if (!UNJUDGED.has(verdict.status) || tries >= TRIES) return verdict;
  }
};

/**
 * Has a checker judge a false statement with typical cheats, and a true one with its proof, as it judges the theorems of a
 * run: screened by any instance, an acceptance confirmed by a fresh one. A truth that could not be judged at all (time,
 * crash) is tried three times and counts as refused then. `header` is that of the run's theorems; where it cannot be imported `Init` is taken.
 */
export async function judgeCanary(
  lean: LeanService,
  asked: { readonly header: string; readonly options: LeanOptions },
  signal?: AbortSignal,
): Promise<Canary> {
  const started = performance.now();
  const options = {
    wallMs: Math.max(LEAST.wallMs, asked.options.wallMs),
    heartbeats: asked.options.heartbeats === 0 ? 0 : Math.max(LEAST.heartbeats, asked.options.heartbeats),
  };
  const job = (header: string, statement: string): LeanJob => ({
    challenge: { name: 'canary', header, context: '', statement },
    options,
  });
  let { header } = asked;
  const screened = () => untilJudged(() => lean.screen(job(header, TRUTH), PROOF, { signal }));
  let truth = await screened();
  if (truth.status === 'badHeader' || truth.status === 'badChallenge') {
    header = '';
    truth = await screened();
  }
  const cheats: Canary['cheats'][number][] = [];
  for (const { name, submission } of CHEATS) {
    const { status } = await lean.screen(job(header, FALSE), submission, { signal });
    cheats.push({ name, status });
  }
  if (truth.status === 'accepted')
    truth = await untilJudged(() => lean.judge(job(header, TRUTH), PROOF, { signal }));
  const { version, backend } = await lean.identity();
  const fooled = cheats.some((cheat) => cheat.status === 'accepted');
  const passed = truth.status === 'accepted' ? 'passed' : 'refused the true';
  return {
    outcome: fooled ? 'accepted the false' : passed,
    checker: CHECKER_VERSION,
    lean: version,
    backend,
    cheats,
    truth: truth.status,
    ms: performance.now() - started,
  };
}
