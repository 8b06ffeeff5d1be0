import type { LeanCall, LeanService } from '../../../lean/service.ts';
import { tokenize } from '../../lean-text/lexer.ts';
import { type Diagnostic, type LeanOptions, SORRY, type Verdict } from '../../model/index.ts';
import { type Changed, mapToCore, type Texts } from './core/map.ts';
import { foreignModules } from './core/modules.ts';
import { strayNotation } from './core/stray.ts';
import { cutText } from './cuts.ts';
import type { Draft } from './item.ts';
import { asTheorems } from './lemma.ts';

/** What Lean says of a theorem that was read. */
export type Checked =
  | ({ readonly status: 'imported' } & Changed)
  /** The Lean at hand lacks modules of the header. */
  | ({ readonly status: 'unchecked'; readonly missing: readonly string[] } & Changed)
  /** Lean refuses it, or it can't be proved whatever the prover does. `code` is stable, `reason` for people. */
  | ({ readonly status: 'rejected'; readonly code: string; readonly reason: string } & Changed);

export type CheckOptions = { readonly lean: LeanOptions; readonly mapCore: boolean };

/**
 * Elaborates a statement as `bench` will: as a foreign text, with `sorry` for its proof. What it needs to elaborate is tried
 * in order: `theorem` for `lemma`, the unproved theorems before it, a noncomputable section.
 */
export async function checkDraft(
  lean: Pick<LeanService, 'screen'>,
  draft: Draft,
  options: CheckOptions,
  call: LeanCall = {},
): Promise<Checked> {
  let first: Checked | null = null;
  for (const texts of waysToState(draft, options.mapCore)) {
    const checked = await stateOnce(lean, draft.name, texts, options, call);
    if (checked.status !== 'rejected') return checked;
    first ??= checked;
    if (checked.code !== 'elaboration') break;
    if (!NONCOMPUTABLE.test(checked.reason)) continue;
    const within = { ...texts, context: `noncomputable section\n${texts.context}` };
    const changes = [...texts.changes, 'in a `noncomputable section`'];
    const again = await stateOnce(lean, draft.name, { ...within, changes }, options, call);
    if (again.status !== 'rejected') return again;
  }
  return first!;
}

const NONCOMPUTABLE = /noncomputable|_redArg|no executable code|failed to compile/iu;

function* waysToState(draft: Draft, mapCore: boolean): Generator<Changed> {
  const { header, context, statement, openContext, autoImplicit = false } = draft;
  const state = (before: string): Changed => {
    const read = { header, context: before, statement };
    const mapped = mapCore ? mapToCore(read, autoImplicit) : { ...read, changes: [] };
    return withoutLemmas({ ...mapped, changes: [...draft.changes, ...mapped.changes] });
  };
  yield state(context);
  if (openContext === undefined) return;
  const open = state(openContext);
  yield { ...open, changes: [...open.changes, 'it needs unproved theorems before it'] };
}

/** Where no Mathlib defines `lemma`. */
function withoutLemmas(texts: Changed): Changed {
  if (foreignModules(texts.header).length > 0) return texts;
  const [context, statement] = [asTheorems(texts.context), asTheorems(texts.statement)];
  if (context === texts.context && statement === texts.statement) return texts;
  return { ...texts, context, statement, changes: [...texts.changes, '`lemma` as `theorem`'] };
}

async function stateOnce(
  lean: Pick<LeanService, 'screen'>,
  name: string,
  texts: Changed,
  options: CheckOptions,
  call: LeanCall,
): Promise<Checked> {
  const no = (code: string, reason: string): Checked => ({ status: 'rejected', code, reason, ...texts });
  const stray = strayNotation(texts);
  if (stray !== null)
    return no(
      'notation',
      `\`${stray}\` is notation of Mathlib's, and ${options.mapCore ? 'core Lean has none such' : 'the header does not import it'}`,
    );
  const open = openDefinition(texts);
  if (open !== null) return no('sorry', open);
  const { header, context, statement } = texts;
  const challenge = { name, header, context, statement, provenance: 'foreign' } as const;
  const verdict = await lean.screen({ challenge, options: options.lean }, SORRY, call);
  return verdictOf(verdict, texts, no);
}

/** The proof was `sorry`, so a statement that Lean understands is answered with `incomplete`. */
function verdictOf(verdict: Verdict, texts: Changed, no: (code: string, reason: string) => Checked): Checked {
  switch (verdict.status) {
    case 'incomplete':
    case 'conditional':
      return { status: 'imported', ...texts };
    case 'badHeader':
      return { status: 'unchecked', missing: verdict.missing, ...texts };
    case 'badChallenge':
    case 'rejected':
      return no('elaboration', errorText(verdict.diagnostics));
    case 'exhausted':
      return no('exhausted', errorText(verdict.diagnostics));
    case 'timeout':
      return no('timeout', `Lean did not elaborate it within ${verdict.limitMs / 1000} s`);
    case 'crashed':
      return no('crashed', `Lean ended twice while it elaborated it: ${verdict.detail}`);
    case 'dishonest':
      return no('elaboration', verdict.detail);
    case 'accepted':
      return no('elaboration', 'Lean takes `sorry` for a proof of it');
    default:
      return verdict satisfies never;
  }
}

/** The first error with its place in header, context and statement. */
function errorText(diagnostics: readonly Diagnostic[]): string {
  const error = diagnostics.find((d) => d.severity === 'error');
  if (error === undefined) return 'Lean refuses it and does not say why';
  const text = error.text.trim().replaceAll(/\s*\n\s*/g, ' ');
  return `${error.pos.line}:${error.pos.column} ${text.length > 400 ? `${text.slice(0, 400)}…` : text}`;
}

/** A definition whose body is `sorry` and that the statement speaks of: nothing could be proved of it. */
function openDefinition({ header, context, statement }: Texts): string | null {
  if (!/\bsorry\b/u.test(context)) return null;
  const { text, sorries } = cutText(`${header}${context}`);
  for (const { keyword, name, start } of sorries) {
    if (name === null || keyword === 'example') continue;
    const last = name.split('.').at(-1) ?? name;
    const rest = tokenize(`${text.slice(start).replace(name, '')}\n${statement}`);
    if (rest.some((t) => t.kind === 'word' && `.${t.text}`.endsWith(`.${last}`)))
      return `\`${keyword} ${name}\` is a \`sorry\`, so nothing can be proved of it`;
  }
  return null;
}
