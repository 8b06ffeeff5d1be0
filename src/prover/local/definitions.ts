import { commandsOf } from '../clean/commands.ts';

export type Definitions = {
  /** Functions of the context that the statement reaches, those it names first. */
  readonly functions: readonly string[];
  /** Of these, the ones that the statement names and that call themselves. */
  readonly recursive: readonly string[];
  /** Functions that call themselves outside of pattern matching: `simp` would unfold them for ever. */
  readonly looping: readonly string[];
  /** Inductive types of the context; `plain` ones have constructors without arguments only. */
  readonly types: ReadonlyMap<string, { readonly plain: boolean }>;
  /** Earlier theorems of the context. */
  readonly theorems: readonly string[];
};

/** A constructor with arguments shows as `(`, `{` or an arrow. */
const isPlain = (body: readonly string[]): boolean => !body.some((t) => /^[({]$|→|->/.test(t));

const DEFINES: ReadonlySet<string> = new Set(['def', 'abbrev']);
const STATES: ReadonlySet<string> = new Set(['theorem', 'lemma']);

/** Definitions, inductive types and theorems of the trusted context, by name as written there. */
export function definitionsOf(context: string, words: ReadonlySet<string>): Definitions {
  const bodies = new Map<string, ReadonlySet<string>>();
  const matching = new Set<string>();
  const types = new Map<string, { plain: boolean }>();
  const theorems: string[] = [];
  for (const { keyword, tokens, head } of commandsOf(context)) {
    const name = tokens[head + 1]?.text;
    if (name === undefined) continue;
    const body = tokens.slice(head + 2);
    if (DEFINES.has(keyword)) {
      bodies.set(name, partsOf(body.filter((t) => t.kind === 'word').map((t) => t.text)));
      if (body.some((t) => t.text === '|')) matching.add(name);
    } else if (keyword === 'inductive') {
      const at = body.findIndex((t) => t.text === '|' || t.text === 'where');
      types.set(name, { plain: isPlain(body.slice(Math.max(0, at)).map((t) => t.text)) });
    } else if (STATES.has(keyword)) theorems.push(name);
  }
  const named = partsOf(words);
  const functions = [...bodies.keys()].filter((f) => named.has(lastOf(f)));
  const direct = functions.length;
  for (const f of functions) {
    for (const g of bodies.keys()) {
      if (!functions.includes(g) && bodies.get(f)!.has(lastOf(g))) functions.push(g);
    }
  }
  const isRecursive = (f: string): boolean => bodies.get(f)!.has(lastOf(f));
  const recursive = functions.slice(0, direct).filter(isRecursive);
  const looping = functions.filter((f) => isRecursive(f) && !matching.has(f));
  return { functions, recursive, looping, types, theorems };
}

const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** A name may be reached by any part of a word: `len` by `List'.len`, by `xs.len` and by `xs.len.succ`. */
const partsOf = (words: Iterable<string>): ReadonlySet<string> =>
  new Set([...words].flatMap((word) => word.split('.')));
