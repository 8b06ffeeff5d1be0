import { type Token, tokenize } from '../../lean-text/lexer.ts';
import { fromLean3 } from './lean3.ts';
import { dedent, significant } from './tokens.ts';

/** Words that begin a tactic; those that also begin a term (`have`, `show`, `match` …) mean the same in both. */
const TACTICS = new Set(
  `intro intros rintro obtain rcases cases cases' induction induction' fun_induction fun_cases constructor refine refine'
  exact exact? apply apply? rw rwa rewrite erw simp simp_all simpa simp? dsimp omega decide grind rfl trivial
  split by_cases by_contra exists use funext ext contradiction exfalso calc have haveI let show suffices match if
  unfold change conv subst injection revert generalize specialize left right repeat try first all_goals any_goals
  next case rename_i nomatch nofun norm_num ring ring_nf linarith nlinarith positivity field_simp aesop push_cast
  norm_cast exact_mod_cast bv_decide bv_omega ac_rfl assumption clear symm congr native_decide tauto interval_cases
  set existsi choose begin infer_instance solve_by_elim subst_vars simp_arith wlog gcongr fin_cases unhygienic`.split(
    /\s+/,
  ),
);
const TERM_STARTS = new Set(['fun', 'λ', '⟨', '@', '.', 'absurd', 'nomatch', 'nofun']);

const first = (text: string): Token | undefined => significant(tokenize(text))[0];

/** Whether text without a fence may be taken for code rather than prose. */
export function startsLikeLean(text: string): boolean {
  const token = first(text);
  if (token === undefined) return false;
  const firstLine = text.slice(token.start).split('\n')[0] ?? '';
  // Prose also begins with words such as "have" or "first": a sentence ends in a full stop.
  if (/[a-z][.!?]["')]?\s*$/.test(firstLine)) return false;
  return /^(theorem|lemma|by|:=|@\[|fun|⟨|import|open|·)$/.test(token.text) || TACTICS.has(token.text);
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : `  ${line}`))
    .join('\n');

/** What may follow `:=`, from a proof without its statement: `:= by …`, `by …`, a term, or a list of tactics. */
export function bareProof(text: string): string | null {
  const lead = first(text);
  if (lead === undefined) return null;
  const behind = lead.text === ':=' ? text.slice(lead.end) : text;
  const body = fromLean3(behind.replace(/^(\s*\n)+/, '').trimEnd());
  const token = first(body);
  if (token === undefined) return null;
  const proof = body.trim();
  if (token.text === 'by' || TERM_STARTS.has(token.text)) return proof;
  if (lead.text === ':=' || !looksLikeTactics(token, proof)) return proof;
  return `by\n${indent(dedent(body.replace(/^\s*\n/, '')))}`;
}

function looksLikeTactics(token: Token, proof: string): boolean {
  if (token.text === '·') return true;
  if (token.text === '(' || token.text === '{') {
    const inner = significant(tokenize(proof))[1];
    return inner !== undefined && TACTICS.has(inner.text);
  }
  return token.kind === 'word' && TACTICS.has(token.text);
}
