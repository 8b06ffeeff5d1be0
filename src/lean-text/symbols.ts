import { width } from './chars.ts';

/**
 * Symbols of more than one character in Init's token table. What matters most are those that end in `-` or
 * `/`: in `<--x` Lean reads `<-` and `-x`, not a comment.
 */
const SYMBOLS = String.raw`
  := => -> <- <-> .. ... :: ++ == === != <= >= && || &&& ||| ^^^ <<< >>> ~~~ // /\ \/ <| |> |>. <|> $> <$ <$>
  <&> <* *> <*> >>= =<< >=> <=< >> <;> #[ @[ .{ ]' ∃! ?_ !! <+ ..< ...= ..= <... <...< <...=
`
  .trim()
  .split(/\s+/);

const BY_FIRST = new Map<string, string[]>();
for (const symbol of new Set(SYMBOLS)) {
  const first = symbol[0] ?? '';
  BY_FIRST.set(
    first,
    [...(BY_FIRST.get(first) ?? []), symbol].sort((a, b) => b.length - a.length),
  );
}

/** Code units of the longest symbol at `i`; a character that starts none stands alone. */
export function symbolLength(text: string, i: number): number {
  const known = BY_FIRST.get(text[i] ?? '')?.find((symbol) => text.startsWith(symbol, i));
  return known?.length ?? width(text.codePointAt(i) ?? 0);
}
