import type { Fault, Happened, World } from './fault.ts';
import { job, outcomeOf, proof, timed } from './requests.ts';

const CLIMB = '(f : Nat → Nat) (h : ∀ x, f x = f (x+1)) : f 0 = 7';
const CLIMBING = 'by simp (config := {maxSteps := 1000000000}) [h]';
const DEEP = 'set_option maxRecDepth 10000000\n';
const MACRO = 'syntax "lp" : tactic\nmacro_rules | `(tactic| lp) => `(tactic| (skip; lp))\n';

/** Lean's own, deterministic limits: they say something of the text, and the clock is nowhere near. */
const limits: readonly Fault[] = [
  {
    group: 'limit',
    name: 'simp beyond 2,000 thousand heartbeats',
    right: ['exhausted'],
    stays: true,
    provoke: ({ lean }) => timed(lean, job(CLIMB, 60_000, DEEP, 2_000), CLIMBING),
  },
  {
    group: 'limit',
    name: 'simp beyond maxRecDepth',
    right: ['exhausted'],
    stays: true,
    provoke: ({ lean }) => timed(lean, job(CLIMB), CLIMBING),
  },
  {
    group: 'limit',
    name: 'macro without end at default limits',
    right: ['exhausted'],
    stays: true,
    provoke: ({ lean }) => timed(lean, job(': False', 60_000, MACRO), 'by lp'),
  },
  {
    group: 'limit',
    name: '3,000 nested parentheses',
    right: ['exhausted'],
    stays: true,
    provoke: ({ lean }) => timed(lean, job(': True'), `${'('.repeat(3_000)}trivial${')'.repeat(3_000)}`),
  },
];

/** A message of so many bytes; it has to come through whole. */
async function longMessage({ lean }: World, bytes: number): Promise<Happened> {
  const piece = Math.min(bytes, 500_000);
  const times = bytes / piece;
  const text = `example : True := by\n  iterate ${times} trace "${'x'.repeat(piece)}"\n  trivial\n`;
  const answer = await lean.elaborate(text, { wallMs: 60_000, heartbeats: 200_000 });
  const got = answer.messages.reduce((sum, message) => sum + message.text.length, 0);
  return { outcomes: [answer.status], wrong: got >= bytes ? [] : [`${got} bytes of ${bytes} came`] };
}

const REPEATED =
  'partial def rep (n : Nat) (s : String) : String := if n = 0 then s else rep (n - 1) (s ++ "0123456789")\n';

const texts: readonly Fault[] = [
  {
    group: 'text',
    name: 'memory bomb: a string that doubles for ever',
    right: ['crashed'],
    provoke: ({ lean }) =>
      timed(
        lean,
        job(''),
        'partial def grow (s : String) : Nat := grow (s ++ s)\n#eval grow "x"\n',
        'elaborate',
      ),
  },
  {
    group: 'text',
    name: 'giant numeral of 200,000 digits, wall clock 2 s',
    right: ['timeout', 'crashed', 'rejected', 'exhausted'],
    provoke: ({ lean }) =>
      timed(lean, job(': True', 2_000), `by\n  have : ${'9'.repeat(200_000)} = 0 := by decide\n  trivial`),
  },
  {
    group: 'text',
    name: 'power beyond all memory: 2^(2^40)',
    right: ['exhausted', 'rejected', 'crashed'],
    provoke: ({ lean }) =>
      timed(
        lean,
        job(': (2 : Nat) ^ (2 ^ 40) = 1'),
        'by\n  set_option exponentiation.threshold 99999999999999 in\n  decide',
      ),
  },
  {
    group: 'text',
    name: 'a message of 70 kB',
    right: ['ok'],
    stays: true,
    provoke: (world) => longMessage(world, 70_000),
  },
  {
    group: 'text',
    name: 'messages of 10 MB',
    right: ['ok'],
    stays: true,
    provoke: (world) => longMessage(world, 10_000_000),
  },
  {
    group: 'text',
    name: '1 MB on standard error of Lean',
    right: ['ok'],
    stays: true,
    provoke: ({ lean }) =>
      timed(lean, job(''), `${REPEATED}#eval dbgTrace (rep 100000 "") fun _ => 7\n`, 'elaborate'),
  },
  {
    group: 'text',
    name: 'a header that does not exist',
    right: ['badHeader'],
    stays: true,
    provoke: async ({ lean }) => {
      const one = job(': True');
      const challenge = { ...one.challenge, header: 'import Nowhere.Else\n' };
      return { outcomes: [await outcomeOf(lean.screen({ ...one, challenge }, proof('trivial')))] };
    },
  },
];

export const textFaults: readonly Fault[] = [...limits, ...texts];
