import { fileURLToPath } from 'node:url';
import type { Theorem } from '../../src/model/index.ts';
import { loadSuite } from '../../src/suite/load.ts';

/** For a judge that reads no statement. */
export const simpleTheorems = (count: number): readonly Theorem[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ id: `stress_${i}`, name: `stress_${i}`, header: '', context: '' },
    statement: `theorem stress_${i} : ${i} + 1 = 1 + ${i}`,
  }));

const SETS = ['competition', 'programs'].map((name) =>
  fileURLToPath(new URL(`../sets/${name}.jsonl`, import.meta.url)),
);

/** Theorems of the suites and of bench/sets, repeated under other names so that no verdict of one is another's. */
export const realTheorems = async (count: number): Promise<readonly Theorem[]> => {
  const suites = await Promise.all(['basic', 'medium', 'hard', ...SETS].map((name) => loadSuite(name)));
  const all = suites.flatMap(({ theorems }) => theorems);
  return Array.from({ length: count }, (_, i) => {
    const { provenance, ...theorem } = all[i % all.length] as Theorem;
    return renamed(theorem, Math.floor(i / all.length));
  });
};

const renamed = (theorem: Omit<Theorem, 'provenance'>, copy: number): Theorem => {
  const name = `${theorem.name}_c${copy}`;
  const head = new RegExp(`^((?:theorem|lemma)\\s+)${theorem.name.replaceAll('.', '\\.')}(?![\\w.'])`, 'mu');
  return {
    ...theorem,
    id: `${theorem.id}_c${copy}`,
    name,
    statement: theorem.statement.replace(head, `$1${name}`),
  };
};
