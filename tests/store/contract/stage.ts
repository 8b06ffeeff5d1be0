import type { Store, StoreOptions } from '../../../src/store/index.ts';

/** One fresh, empty place for a store, which may be opened more than once (as by several processes). */
export type StorePlace = {
  open(options?: StoreOptions): Promise<Store>;
  /** Overwrites the stored text of a record with something unreadable, behind the store's back. */
  damage(what: 'verdict' | 'proof' | 'run' | 'result' | 'attempt' | 'text', text: string): Promise<void>;
  remove(): Promise<void>;
};

/** What a test of the contract has: the same store opened twice, on a clock that it sets. */
export type Stage = {
  place: StorePlace;
  store: Store;
  other: Store;
  clock: number;
  readonly reports: string[];
  readonly options: StoreOptions;
};
