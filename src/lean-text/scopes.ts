import { nameParts } from './names.ts';

/** What `namespace`, `section`, `mutual` open and `end` closes. */
export class Scopes {
  readonly #open: { kind: string; parts: string[] }[] = [];

  get namespace(): string[] {
    return this.#open.flatMap((scope) => (scope.kind === 'namespace' ? scope.parts : []));
  }

  get inMutual(): boolean {
    return this.#open.some((scope) => scope.kind === 'mutual');
  }

  enter(keyword: string, name: string | null): void {
    const parts = name === null ? [] : nameParts(name);
    if (keyword === 'namespace') for (const part of parts) this.#open.push({ kind: keyword, parts: [part] });
    // `section A.b` opens two scopes and `end A.b` closes two; without a name it is one.
    const count = Math.max(1, parts.length);
    if (keyword === 'section')
      for (let n = 0; n < count; n += 1) this.#open.push({ kind: keyword, parts: [] });
    if (keyword === 'mutual') this.#open.push({ kind: keyword, parts: [] });
    if (keyword === 'end') for (let n = 0; n < count; n += 1) this.#open.pop();
  }
}
