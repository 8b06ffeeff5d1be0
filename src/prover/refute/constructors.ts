import type { Token } from '../../lean-text/lexer.ts';
import { commandsOf } from '../clean/commands.ts';
import { CLOSERS, depths, OPENERS } from '../clean/tokens.ts';

/** How values of a type of the context are made: `name` '' = the anonymous constructor. Types are tokens. */
export type Constructor = { readonly name: string; readonly arguments: readonly (readonly string[])[] };
export type UserType = {
  readonly parameters: readonly string[];
  readonly constructors: readonly Constructor[];
};

/** Inductive types and structures of a text, by their names as written there. */
export function constructorsOf(context: string): ReadonlyMap<string, UserType> {
  const types = new Map<string, UserType>();
  for (const { keyword, tokens, head } of commandsOf(context)) {
    const name = tokens[head + 1]?.text;
    if (name === undefined || (keyword !== 'inductive' && keyword !== 'structure')) continue;
    const { groups, end } = groupsFrom(tokens, head + 2);
    const parameters = groups.flatMap((g) => g.names);
    const body = tokens.slice(end);
    const constructors =
      keyword === 'inductive' ? alternatives(body, parameters) : [{ name: '', arguments: fields(body) }];
    types.set(name, { parameters, constructors });
  }
  return types;
}

type Group = { readonly names: readonly string[]; readonly type: readonly string[] };

/** Binder groups from `from` on; instance binders are left out. */
function groupsFrom(tokens: readonly Token[], from: number): { groups: Group[]; end: number } {
  const groups: Group[] = [];
  let i = from;
  while (i < tokens.length && OPENERS.has(tokens[i]!.text)) {
    let depth = 0;
    let close = i;
    for (; close < tokens.length; close += 1) {
      if (OPENERS.has(tokens[close]!.text)) depth += 1;
      if (CLOSERS.has(tokens[close]!.text)) depth -= 1;
      if (depth === 0) break;
    }
    const inside = tokens.slice(i + 1, close).map((t) => t.text);
    const colon = inside.indexOf(':');
    if (colon >= 0) groups.push({ names: inside.slice(0, colon), type: inside.slice(colon + 1) });
    i = close + 1;
  }
  return { groups, end: i };
}

function alternatives(body: readonly Token[], parameters: readonly string[]): Constructor[] {
  const depth = depths(body);
  const bars = body.flatMap((t, i) => (t.text === '|' && depth[i] === 0 ? [i] : []));
  return bars.flatMap((bar, k) => {
    const part = body.slice(bar + 1, bars[k + 1]);
    const deriving = part.findIndex((t) => t.text === 'deriving');
    const own = deriving < 0 ? part : part.slice(0, deriving);
    const name = own[0]?.text;
    if (name === undefined) return [];
    const { groups, end } = groupsFrom(own, 1);
    const written = groups.flatMap((g) => g.names.map(() => g.type));
    const arrows = own[end]?.text === ':' ? arrowParts(own.slice(end + 1)) : [];
    return [
      { name, arguments: [...written, ...arrows.slice(0, -1)].filter((a) => a.length > 0), parameters },
    ];
  });
}

function arrowParts(tokens: readonly Token[]): string[][] {
  const depth = depths(tokens);
  const parts: string[][] = [[]];
  for (const [i, t] of tokens.entries()) {
    if ((t.text === '→' || t.text === '->') && depth[i] === 0) parts.push([]);
    else parts.at(-1)!.push(t.text);
  }
  return parts;
}

/** Types of a structure's fields: each field begins a line, or is a group. */
function fields(body: readonly Token[]): string[][] {
  const depth = depths(body);
  const where = body.findIndex((t) => t.text === 'where');
  const out: string[][] = [];
  let type: string[] | null = null;
  let names = 0;
  for (let i = where + 1; where >= 0 && i < body.length; i += 1) {
    const t = body[i]!;
    if (t.text === 'deriving') break;
    const begins = depth[i] === 0 && t.line !== body[i - 1]?.line;
    if (begins) {
      type = null;
      names = 0;
    }
    if (type !== null) type.push(t.text);
    else if (t.text === ':') {
      type = [];
      for (let k = 0; k < names; k += 1) out.push(type);
    } else names += 1;
  }
  return out;
}
