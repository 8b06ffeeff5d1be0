import { commandsOf } from '../../clean/commands.ts';
import { signatureOf } from './signature.ts';

export type ContextFunction = {
  /** As it can be said behind the context. */
  readonly name: string;
  readonly recursive: boolean;
  /** Calls itself outside of pattern matching: `simp` may unfold it for ever. */
  readonly looping: boolean;
  /** Defined by patterns. */
  readonly matches: boolean;
  /** Last parts of the names that its body says. */
  readonly says: ReadonlySet<string>;
  /** Text of its signature, between name and body: one token each. */
  readonly signature: readonly string[];
};

export type OwnType = {
  readonly name: string;
  /** Constructors without arguments only. */
  readonly plain: boolean;
  /** `inductive … : … → Prop`. */
  readonly predicate: boolean;
  /** With the types of their explicit arguments as far as the text shows. */
  readonly constructors: readonly { readonly name: string; readonly arguments: readonly string[] }[];
};

/** What the trusted context of a theorem declares. */
export type World = {
  readonly functions: readonly ContextFunction[];
  readonly types: ReadonlyMap<string, OwnType>;
  readonly theorems: readonly string[];
  /** Of the library, those that may help; none before they were looked for. */
  readonly lemmas: readonly string[];
};

const DEFINES: ReadonlySet<string> = new Set(['def', 'abbrev', 'instance']);
const STATES: ReadonlySet<string> = new Set(['theorem', 'lemma']);
const MAKES_TYPE: ReadonlySet<string> = new Set(['inductive', 'structure', 'class']);

export const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** A name may be reached by any part of a word: `len` by `List'.len`, by `xs.len` and by `xs.len.succ`. */
export const partsOf = (words: Iterable<string>): ReadonlySet<string> =>
  new Set([...words].flatMap((word) => word.split('.')));

export function worldOf(context: string): World {
  const functions: ContextFunction[] = [];
  const types = new Map<string, OwnType>();
  const theorems: string[] = [];
  let scopes: string[] = [];
  const commands = commandsOf(context);
  // What is still open at the end need not be said.
  const open = commands.reduce<string[]>(
    (stack, { keyword, tokens, head }) => moved(stack, keyword, tokens[head + 1]?.text),
    [],
  );
  const inside = open.filter((s) => s !== '').join('.');
  for (const { keyword, tokens, head } of commands) {
    const said = tokens[head + 1]?.text;
    scopes = moved(scopes, keyword, said);
    if (said === undefined) continue;
    const full = [...scopes.filter((s) => s !== ''), said.replace(/^_root_\./, '')].join('.');
    const name = inside !== '' && full.startsWith(`${inside}.`) ? full.slice(inside.length + 1) : full;
    const body = tokens.slice(head + 2);
    if (DEFINES.has(keyword) && said !== ':') {
      const says = partsOf(body.filter((t) => t.kind === 'word').map((t) => t.text));
      const recursive = says.has(lastOf(name));
      const at = body.findIndex((t) => t.text === ':=' || t.text === '|' || t.text === 'where');
      const signature = body.slice(0, at < 0 ? undefined : at).map((t) => t.text);
      const matches = body.some((t) => t.text === '|');
      const looping = recursive && !matches;
      functions.push({ name, recursive, looping, matches, says, signature });
    } else if (MAKES_TYPE.has(keyword)) {
      const at = body.findIndex((t) => t.text === '|' || t.text === 'where');
      const plain =
        keyword === 'inductive' && !body.slice(Math.max(0, at)).some((t) => /^[({]$|→|->/.test(t.text));
      const predicate = body.slice(0, at < 0 ? undefined : at).some((t) => t.text === 'Prop');
      types.set(name, {
        name,
        plain,
        predicate,
        constructors: constructorsOf(
          body.slice(Math.max(0, at)).map((t) => t.text),
          name,
        ),
      });
    } else if (STATES.has(keyword)) theorems.push(name);
  }
  return { functions, types, theorems, lemmas: [] };
}

/** Reads `| leaf | node : Tree → Tree → Tree | tip (x : Nat) (t : Tree)`. */
function constructorsOf(tokens: readonly string[], type: string): OwnType['constructors'] {
  const end = tokens.indexOf('deriving');
  const parts: string[][] = [];
  for (const t of tokens.slice(0, end < 0 ? undefined : end)) {
    if (t === '|') parts.push([]);
    else parts.at(-1)?.push(t);
  }
  return parts.map(([name, ...signature]) => {
    const said = signatureOf({ signature }) ?? signatureOf({ signature: [...signature, ':', type] });
    return { name: name ?? '', arguments: said?.args ?? [] };
  });
}

/** The stack of namespaces and sections ('') behind a command. */
function moved(stack: string[], keyword: string, name: string | undefined): string[] {
  if (keyword === 'namespace') return [...stack, name ?? ''];
  if (keyword === 'section') return [...stack, ''];
  return keyword === 'end' ? stack.slice(0, -1) : stack;
}

/** Functions that words reach, those named first, then those that their bodies call. */
export function reached(world: World, words: ReadonlySet<string>): readonly ContextFunction[] {
  const named = partsOf(words);
  const found = world.functions.filter((f) => named.has(lastOf(f.name)));
  for (const f of found) {
    for (const g of world.functions) if (!found.includes(g) && f.says.has(lastOf(g.name))) found.push(g);
  }
  return found;
}
