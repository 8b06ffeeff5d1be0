import type { Diagnostic } from '../model/index.ts';

/** How Lean says that it does not know a name, since 4.20 and before. */
const UNKNOWN = [
  /[Uu]nknown (?:identifier|constant) [`']([^`'\s]+)[`']/u,
  /The environment does not contain `([^`\s]+)`/u,
  /the environment does not contain '([^'\s]+)'/u,
];

/** Names that Lean's errors say it does not know, each once, in their order. */
export function unknownNames(diagnostics: readonly Diagnostic[]): string[] {
  const names = diagnostics
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ text }) => UNKNOWN.flatMap((pattern) => pattern.exec(text)?.[1] ?? []));
  return [...new Set(names.map((name) => name.replace(/✝.*$/u, '')))];
}
