import { tokenize } from '../../../lean-text/lexer.ts';
import { coreContext } from './context.ts';
import { DEFINITIONS } from './definitions.ts';
import { coreHeader, foreignModules } from './modules.ts';

/** The texts of a theorem that a change is about. */
export type Texts = { readonly header: string; readonly context: string; readonly statement: string };
export type Changed = Texts & { readonly changes: readonly string[] };

/**
 * States a theorem without Mathlib: imports of core Lean alone, `open` and options that core Lean has, and in front of the
 * context the definitions of ours that it uses. The statement stays as it is. Names are declared or Lean refuses them
 * (`autoImplicit false`): it would take an `ℝ` that it does not know for a variable.
 */
export function mapToCore(texts: Texts, autoImplicit: boolean): Changed {
  const { header, statement } = texts;
  const modules = foreignModules(header);
  const { context, leftOut } = coreContext(texts.context);
  const tokens = tokenize(`${context}${statement}`).filter((t) => t.kind !== 'comment' && t.kind !== 'doc');
  const declared = new Set(
    tokens.flatMap((t, i) => (DECLARES.has(tokens[i - 1]?.text ?? '') ? [t.text] : [])),
  );
  const used = DEFINITIONS.filter(
    (d) => d.usedIn(tokens) && !declared.has(d.name) && !notated(tokens, d.name),
  );
  if (modules.length === 0 && used.length === 0 && leftOut.length === 0) return { ...texts, changes: [] };
  const option = `set_option ${autoImplicit ? 'relaxedAutoImplicit' : 'autoImplicit'} false\n`;
  return {
    header: coreHeader(header),
    context: `${option}${used.map((d) => d.lean).join('')}\n${context.replace(/^\n+/u, '')}`,
    statement,
    changes: [
      ...(modules.length > 0 ? [`without ${modules.map((m) => `\`import ${m}\``).join(', ')}`] : []),
      ...(leftOut.length > 0 ? [`left out: ${leftOut.map((o) => `\`${o}\``).join(', ')}`] : []),
      ...(used.length > 0 ? [`definitions of ours: ${used.map((d) => d.name).join(', ')}`] : []),
    ],
  };
}

const DECLARES = new Set(['def', 'abbrev', 'structure', 'inductive', 'class', 'theorem', 'lemma']);

const notated = (
  tokens: readonly { readonly kind: string; readonly text: string }[],
  name: string,
): boolean => tokens.some((t) => t.kind === 'string' && t.text.slice(1, -1).trim() === name);
