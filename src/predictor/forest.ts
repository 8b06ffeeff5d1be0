import type { CartNode } from 'ml-cart';
import { z } from 'zod';
import { draw } from './draw.ts';
import { mean } from './mean.ts';

/** A mean, or a split: column, threshold, what is less, the rest. */
export type Tree = number | readonly [number, number, Tree, Tree];
const treeSchema: z.ZodType<Tree> = z.lazy(() =>
  z.union([z.number(), z.tuple([z.number(), z.number(), treeSchema, treeSchema])]),
);

export const forestSchema = z
  .object({ seed: z.number(), share: z.number(), trees: z.array(treeSchema).readonly() })
  .readonly();
export type Forest = z.infer<typeof forestSchema>;

export type Sample = {
  readonly x: readonly number[];
  readonly y: number;
  /** What stands or falls together: a tree sees all samples of a theorem or none. */
  readonly group: number;
};

const TREES = 30;
/** A split search of ml-cart takes the square of the rows, so more samples go to other trees, not into larger ones. */
const ROWS_OF_A_TREE = 128;
const SHARE = 0.6;
/** For ml-cart the gain is the error that a split leaves: with the default threshold of 0 it refuses one that leaves none. */
const TREE = { gainFunction: 'regression', maxDepth: 6, minNumSamples: 6, gainThreshold: -1 } as const;

/** At the root it refuses a split that leaves none whatever the threshold, so that one value is moved by as much as this. */
const LEAST_ERROR = 1e-6;

const isSeen = (seed: number, share: number, tree: number, group: number): boolean =>
  draw(seed, tree, group) < share;

const walk = (tree: Tree, x: readonly number[]): number => {
  let at = tree;
  while (typeof at !== 'number') at = (x[at[0]] ?? 0) < at[1] ? at[2] : at[3];
  return at;
};

const compact = (node: CartNode, columns: readonly number[]): Tree =>
  node.left === undefined || node.right === undefined
    ? (node.distribution ?? 0)
    : [
        columns[node.splitColumn ?? 0] ?? 0,
        node.splitValue ?? 0,
        compact(node.left, columns),
        compact(node.right, columns),
      ];

/** Half of the columns, drawn for each tree, so that trees err in different ways. */
const columnsOf = (seed: number, tree: number, width: number): number[] =>
  Array.from({ length: width }, (_, column) => ({ column, rank: draw(seed, tree, column, 1) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, Math.max(1, Math.ceil(width / 2)))
    .map(({ column }) => column);

/**
 * Regression trees (ml-cart), each grown on some of the theorems and half of the columns; their mean predicts. Who is in
 * which tree follows from the seed, so that the same samples give the same forest, and a theorem can be predicted by the
 * trees that have not seen it.
 */
export const growForest = async (samples: readonly Sample[], seed: number): Promise<Forest> => {
  const { DecisionTreeRegression } = await import('ml-cart');
  const share = Math.min(SHARE, ROWS_OF_A_TREE / Math.max(1, samples.length));
  const width = samples[0]?.x.length ?? 0;
  const trees: Tree[] = [];
  for (let i = 0; i < TREES; i++) {
    const seen = samples.filter((s) => isSeen(seed, share, i, s.group));
    if (seen.length === 0) {
      trees.push(mean(samples.map((s) => s.y)));
      continue;
    }
    const columns = columnsOf(seed, i, width);
    const tree = new DecisionTreeRegression(TREE);
    tree.train(
      seen.map((s) => columns.map((c) => s.x[c] ?? 0)),
      seen.map((s, n) => (n === 0 ? s.y + LEAST_ERROR : s.y)),
    );
    trees.push(compact(tree.root, columns));
  }
  return { seed, share, trees };
};

/** The mean of the trees; of a known theorem, of those that were grown without it: what they say of it is not its own record. */
export const askForest = (forest: Forest, x: readonly number[], group: number | null): number => {
  const { seed, share, trees } = forest;
  const honest = group === null ? trees : trees.filter((_, i) => !isSeen(seed, share, i, group));
  return mean((honest.length > 0 ? honest : trees).map((tree) => walk(tree, x)));
};
