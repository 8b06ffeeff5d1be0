import { tokenize } from '../../lean-text/lexer.ts';
import { commandsOf } from '../clean/commands.ts';

export type Definitions = {
  /** Functions of the context that the statement reaches, those it names first. */
  readonly functions: readonly string[];
  /** Of these, the ones that the statement names and that call themselves. */
  readonly recursive: readonly string[];
  /** Inductive types of the context; `plain` ones have constructors without arguments only. */
  readonly types: ReadonlyMap<string, { readonly plain: boolean }>;
  /** Earlier theorems of the context. */
  readonly theorems: readonly string[];
};

/** A constructor with arguments shows as `(`, `:` with `→`, or a word behind its name. */
const isPlain = (body: readonly string[]): boolean =>
  !body.some((t) => t === '(' || t === '→' || t === '->' || t === '{');

/** Definitions, inductive types and theorems of the trusted context, by name as written there. */
export function definitionsOf(context: string, words: ReadonlySet<string>): Definitions {
  const bodies = new Map<string, ReadonlySet<string>>();
  const types = new Map<string, { plain: boolean }>();
  const theorems: string[] = [];
  for (const command of commandsOf(context)) {
    const name = command.tokens[command.head + 1]?.text;
    if (name === undefined) continue;
    const body = command.tokens.slice(command.head + 2);
    if (command.keyword === 'def' || command.keyword === 'abbrev') {
      bodies.set(name, new Set(body.filter((t) => t.kind === 'word').map((t) => t.text)));
    } else if (command.keyword === 'inductive') {
      const at = body.findIndex((t) => t.text === '|' || t.text === 'where');
      types.set(name, { plain: isPlain(body.slice(Math.max(0, at)).map((t) => t.text)) });
    } else if (command.keyword === 'theorem' || command.keyword === 'lemma') theorems.push(name);
  }
  const functions: string[] = [...bodies.keys()].filter((f) => named(f, words));
  const direct = functions.length;
  for (const f of functions) {
    for (const g of bodies.keys()) if (!functions.includes(g) && named(g, bodies.get(f)!)) functions.push(g);
  }
  const recursive = functions.slice(0, direct).filter((f) => named(f, bodies.get(f)!));
  return { functions, recursive, types, theorems };
}

/** Also by a part of the name: inside `namespace List'` one writes `len` for `List'.len`, and `xs.len`. */
function named(name: string, words: ReadonlySet<string>): boolean {
  if (words.has(name)) return true;
  const last = name.slice(name.lastIndexOf('.') + 1);
  return [...words].some((w) => w.endsWith(`.${last}`) || w === last);
}

/** Arguments of the first application `f a b` in the text: single words and numbers only. */
export function argumentsOf(text: string, f: string): readonly string[] | null {
  const tokens = tokenize(text);
  const at = tokens.findIndex((t) => t.kind === 'word' && t.text === f);
  if (at < 0) return null;
  const args: string[] = [];
  for (let i = at + 1; i < tokens.length && tokens[i]!.kind === 'word'; i += 1) args.push(tokens[i]!.text);
  return args;
}
