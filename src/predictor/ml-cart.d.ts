/** The part of ml-cart that is used here; the package has no types of its own. */
declare module 'ml-cart' {
  /** A node with two children is a split (less goes left); one without is a leaf with the mean of its values. */
  export type CartNode = {
    readonly left?: CartNode;
    readonly right?: CartNode;
    readonly splitColumn?: number;
    readonly splitValue?: number;
    readonly distribution?: number;
  };
  export class DecisionTreeRegression {
    constructor(options: {
      gainFunction: 'regression';
      maxDepth: number;
      minNumSamples: number;
      gainThreshold: number;
    });
    train(rows: readonly (readonly number[])[], values: readonly number[]): void;
    readonly root: CartNode;
  }
}
