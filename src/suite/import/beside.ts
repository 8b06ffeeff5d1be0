import { basename, dirname, extname, relative } from 'node:path';
import { type Row, textOf } from './facts.ts';
import { factsOf } from './forms.ts';
import type { Facts } from './item.ts';

/** What JSON files beside Lean files say of theorems: miniF2F's `informal/NAME.json`, PutnamBench's `putnam.json`. */
export class Beside {
  readonly #facts = new Map<string, Facts>();

  /** Takes a JSON value in: an object for one theorem, or a list of them. `path` names the theorem where nothing else does. */
  add(value: unknown, path: string): void {
    const rows = Array.isArray(value) ? value : [value];
    for (const row of rows) {
      if (typeof row !== 'object' || row === null || Array.isArray(row)) continue;
      const facts = factsOf(row as Row);
      if (facts.informal === undefined) continue;
      const name = textOf(row as Row, 'problem_name', 'name', 'theorem_name') ?? stem(path);
      if (!this.#facts.has(name)) this.#facts.set(name, facts);
    }
  }

  /** By the theorem's name, else by the file's. */
  of(theorem: string, path: string): Facts | undefined {
    return this.#facts.get(theorem) ?? this.#facts.get(stem(path));
  }
}

const stem = (path: string): string => basename(path, extname(path));

const SPLITS: Readonly<Record<string, string>> = {
  test: 'test',
  valid: 'valid',
  validation: 'valid',
  val: 'valid',
  dev: 'valid',
  train: 'train',
};

/** The part of a set that a folder between `root` and the file names, as miniF2F's `Test` and `Valid` do. */
export function splitOf(root: string, path: string): string | undefined {
  const folders = relative(root, dirname(path)).split(/[\\/]/);
  return folders.map((f) => SPLITS[f.toLowerCase()]).findLast((split) => split !== undefined);
}

const LICENCES: readonly (readonly [RegExp, string])[] = [
  [/Apache License\s+Version 2\.0/iu, 'Apache-2.0'],
  [/\bMIT License\b|Permission is hereby granted, free of charge/iu, 'MIT'],
  [/GNU AFFERO GENERAL PUBLIC LICENSE/iu, 'AGPL-3.0'],
  [/GNU GENERAL PUBLIC LICENSE\s+Version 3/iu, 'GPL-3.0'],
  [/Redistributions? .{0,400}(endorse|promote)/isu, 'BSD-3-Clause'],
  [/Creative Commons Attribution 4\.0/iu, 'CC-BY-4.0'],
];

/** The SPDX name of a licence's text, where it is one that we know by its words. */
export const licenceOf = (text: string): string | undefined =>
  LICENCES.find(([words]) => words.test(text))?.[1];
