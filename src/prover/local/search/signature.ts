export type Signature = { readonly args: readonly string[]; readonly result: string };

const OPEN: ReadonlySet<string> = new Set(['(', '[', '{', '⟨', '⦃']);
const CLOSE: ReadonlySet<string> = new Set([')', ']', '}', '⟩', '⦄']);

const text = (tokens: readonly string[]): string =>
  tokens
    .join(' ')
    .replace(/([([{]) /g, '$1')
    .replace(/ ([)\]}])/g, '$1')
    .replace(/^\((.*)\)$/, '$1');

/** Explicit arguments and result of a function as its definition writes them; null where no result type is written. */
export function signatureOf({ signature }: { readonly signature: readonly string[] }): Signature | null {
  const args: string[] = [];
  let i = 0;
  while (i < signature.length && OPEN.has(signature[i]!)) {
    const end = closing(signature, i);
    const inside = signature.slice(i + 1, end);
    const colon = inside.indexOf(':');
    if (signature[i] === '(' && colon > 0)
      for (let n = 0; n < colon; n += 1) args.push(text(inside.slice(colon + 1)));
    i = end + 1;
  }
  if (signature[i] !== ':') return null;
  const parts = arrows(signature.slice(i + 1));
  return { args: [...args, ...parts.slice(0, -1)], result: parts.at(-1)! };
}

function closing(tokens: readonly string[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i += 1) {
    if (OPEN.has(tokens[i]!)) depth += 1;
    if (CLOSE.has(tokens[i]!)) depth -= 1;
    if (depth === 0) return i;
  }
  return tokens.length;
}

/** The parts of `A → B → C`. */
function arrows(tokens: readonly string[]): string[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const t of tokens) {
    if (OPEN.has(t)) depth += 1;
    if (CLOSE.has(t)) depth -= 1;
    if (depth === 0 && (t === '→' || t === '->')) parts.push([]);
    else parts.at(-1)!.push(t);
  }
  return parts.map(text);
}
