import { refusedToken } from '../lean/check/refuse.ts';
import { submissionStart } from '../lean/check/refused-verdict.ts';
import type { ElaborateAnswer } from '../lean/service.ts';
import { extractGoal, lemmaName, type PrintedGoal, readGoal } from '../src/lean-text/printed-goal.ts';
import { cutAt, filled, type Gap, gapsOf } from '../src/lean-text/sketch.ts';
import { commandText, fullText, MOST_STEPS, SORRY, type Step } from '../src/model/index.ts';
import { whileAlive } from './alive.ts';
import type { Judged, LeanActivities, SketchChecked, SketchInput } from './api.ts';
import { boundedVerdict } from './bounds.ts';
import { caseOf, type JudgingDeps, settle } from './judging.ts';

/**
 * Ways to have Lean print a goal, the readable one first. What it prints need not mean the same when it is read
 * again, so each lemma is tried; the later ways leave less to be guessed.
 */
const STYLES: readonly (readonly string[])[] = [
  ['pp.deepTerms true', 'pp.maxSteps 1000000'],
  [
    'pp.deepTerms true',
    'pp.maxSteps 1000000',
    'pp.proofs true',
    'pp.numericTypes true',
    'pp.coercions.types true',
    'pp.funBinderTypes true',
    'pp.letVarTypes true',
    'pp.fieldNotation false',
  ],
  [
    'pp.deepTerms true',
    'pp.maxSteps 1000000',
    'pp.proofs true',
    'pp.explicit true',
    'pp.funBinderTypes true',
    'pp.fullNames true',
    'pp.fieldNotation false',
  ],
];

/** Sketches: judged like any submission (so that none changes the statement or says what is refused), then taken apart. */
export const sketchActivities = (deps: JudgingDeps): Pick<LeanActivities, 'checkSketch'> => ({
  checkSketch: (input) => whileAlive((signal) => new Sketch(deps, input, signal).check()),
});

class Sketch {
  #leanMs = 0;
  readonly #deps: JudgingDeps;
  readonly #input: SketchInput;
  readonly #signal: AbortSignal;

  constructor(deps: JudgingDeps, input: SketchInput, signal: AbortSignal) {
    this.#deps = deps;
    this.#input = input;
    this.#signal = signal;
  }

  async check(): Promise<SketchChecked> {
    const { theorem, lean, submission } = this.#input;
    const one = await caseOf(this.#deps, theorem, lean);
    const screened = await this.#deps.lean.screen(one.job, submission, { signal: this.#signal });
    if (screened.status === 'accepted') {
      const judged = await settle(this.#deps, one, submission, screened, this.#signal);
      return { judged, why: null, steps: [] };
    }
    const done = (why: string | null, steps: readonly Step[] = []): SketchChecked => {
      const verdict = boundedVerdict(screened);
      const judged: Judged = {
        submission,
        verdict,
        cached: false,
        leanMs: screened.ms + this.#leanMs,
        cacheMs: 0,
      };
      return { judged, why, steps };
    };
    const errors = 'diagnostics' in screened && screened.diagnostics.some((d) => d.severity === 'error');
    if (screened.status !== 'incomplete' || errors) return done(null);
    const gaps = gapsOf(submission.text);
    if (gaps.length === 0) return done('it rests on `sorry` without saying so');
    if (gaps.length > MOST_STEPS) return done(`it has ${gaps.length} steps; at most ${MOST_STEPS} are tried`);
    const asked = await this.#goals('', fullText(theorem, SORRY));
    const whole = readGoal(asked[0]?.goal ?? '');
    if (whole === null) return done('the goal of the theorem itself cannot be read');
    const steps = new Map<Gap, Step>();
    for (const style of STYLES) {
      const options = style.map((option) => `set_option ${option}\n`).join('');
      const goals = await this.#goals(options, fullText(theorem, submission));
      for (const gap of gaps) {
        if (steps.has(gap)) continue;
        const here = goals.filter((goal) => this.#isAt(goal, gap));
        if (here.length !== 1)
          return done(
            `the \`sorry\` of step ${gap.name} stands for ${here.length} goals; each has to close one`,
          );
        const goal = readGoal(here[0]!.goal);
        if (goal === null) continue;
        if (style === STYLES[0] && isWhole(goal, whole, gap, gaps.length))
          return done(`step ${gap.name} is the theorem itself, so nothing is gained by it`);
        const step = await this.#extracted(goal, gap, gaps);
        if (step !== null) steps.set(gap, step);
      }
      if (steps.size === gaps.length) break;
    }
    const lost = gaps.find((gap) => !steps.has(gap));
    if (lost !== undefined)
      return done(
        `the goal of step ${lost.name} cannot be stated as a theorem of its own; give it a plain statement`,
      );
    return done(
      null,
      gaps.map((gap) => steps.get(gap)!),
    );
  }

  /** The gap's goal as a theorem, if Lean reads it as one and it closes the gap. */
  async #extracted(goal: PrintedGoal, gap: Gap, gaps: readonly Gap[]): Promise<Step | null> {
    const { theorem, submission } = this.#input;
    const text = theorem.context + theorem.statement + submission.text;
    const name = lemmaName(theorem, gap.name, text);
    const { statement, signature, renames, term } = extractGoal(name, goal, theorem);
    if (refusedToken(statement) !== null) return null;
    const renaming = renames.length === 0 ? '' : `rename_i ${renames.join(' ')}; `;
    const uses = [
      { isTactic: true, use: `${renaming}exact ${term}` },
      { isTactic: false, use: renaming === '' ? `(${term})` : `(by ${renaming}exact ${term})` },
    ];
    for (const { isTactic, use } of uses) {
      const others = gaps.map((other) => (other === gap ? use : 'sorry'));
      const command = commandText(theorem.statement, filled(cutAt(submission, gaps), others));
      const before = `${theorem.header}${theorem.context}`;
      const answer = await this.#elaborate(`${before}${commandText(statement, SORRY)}\n\n${command}\n`);
      if (answer.status !== 'ok' || answer.messages.some((m) => m.severity === 'error')) continue;
      const { header, context, ownContext, provenance, difficulty, category } = theorem;
      return {
        name: gap.name,
        theorem: {
          id: `${theorem.id.slice(0, 150)}.${gap.name.replace(/[^\p{L}\p{N}_]/gu, '_').slice(0, 40)}`,
          ...{ name, header, context, statement },
          ...(ownContext === undefined ? {} : { ownContext }),
          ...(provenance === undefined ? {} : { provenance }),
          ...(difficulty === undefined ? {} : { difficulty }),
          ...(category === undefined ? {} : { category }),
        },
        signature,
        use,
        isTactic,
      };
    }
    return null;
  }

  #isAt({ line, column }: { readonly line: number; readonly column: number }, gap: Gap): boolean {
    const { theorem, submission } = this.#input;
    const options = this.#input.lean;
    const start = submissionStart({ challenge: theorem, submission, options });
    const at = {
      line: start.line + gap.line - 1,
      column: gap.line === 1 ? start.column + gap.column : gap.column,
    };
    return at.line === line && at.column === column;
  }

  /** The goals of the `sorry`s behind the context, at their places in `text`, with `options` set before the theorem. */
  async #goals(options: string, text: string): Promise<ElaborateAnswer['sorries']> {
    const { header, context } = this.#input.theorem;
    const at = header.length + context.length;
    const answer = await this.#elaborate(text.slice(0, at) + options + text.slice(at));
    const lines = options.split('\n').length - 1;
    const first = text.slice(0, at).split('\n').length;
    return answer.sorries.flatMap((s) => (s.line - lines < first ? [] : [{ ...s, line: s.line - lines }]));
  }

  async #elaborate(text: string): Promise<ElaborateAnswer> {
    const answer = await this.#deps.lean.elaborate(text, this.#input.lean, { signal: this.#signal });
    this.#leanMs += answer.ms;
    return answer;
  }
}

/**
 * A gap that leaves the theorem as it was: the only one, on the main line behind the steps, or with no other hypotheses
 * than the theorem has. Branches of a case split may well end in the theorem's own conclusion.
 */
function isWhole(goal: PrintedGoal, whole: PrintedGoal, gap: Gap, gaps: number): boolean {
  if (goal.target !== whole.target) return false;
  if (gaps === 1 || gap.outermost) return true;
  const types = ({ hypotheses }: PrintedGoal) => new Set(hypotheses.map((h) => h.type));
  const known = types(whole);
  return [...types(goal)].every((type) => known.has(type));
}
