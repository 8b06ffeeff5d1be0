import { afterEach, beforeEach, describe } from '@jest/globals';
import type { StoreOptions } from '../../../src/store/index.ts';
import { leaseTests } from './leases.ts';
import { loadTests } from './loads.ts';
import { pruningTests } from './pruning.ts';
import { recordTests } from './records.ts';
import type { Stage, StorePlace } from './stage.ts';

/** What every kind of store has to do; each kind's test file calls this with its own place. */
export const storeContract = (kind: string, newPlace: () => Promise<StorePlace>): void => {
  const reports: string[] = [];
  const options: StoreOptions = { now: () => s.clock, report: (m) => reports.push(m) };
  // beforeEach fills in what each test gets anew.
  const none = undefined as never;
  const s: Stage = { place: none, store: none, other: none, clock: 0, reports, options };

  // A block of its own: what it does around each test is not for the caller's other tests.
  describe(`${kind} store`, () => {
    beforeEach(async () => {
      s.clock = 1_800_000_000_000;
      reports.length = 0;
      s.place = await newPlace();
      s.store = await s.place.open(s.options);
      s.other = await s.place.open(s.options);
    });
    afterEach(async () => {
      await s.store.close();
      await s.other.close();
      await s.place.remove();
    });

    describe('records', () => recordTests(s));
    describe('leases', () => leaseTests(s));
    describe('loads, events, pages of results', () => loadTests(s));
    describe('pruning', () => pruningTests(s));
  });
};
