import { condition } from '@temporalio/workflow';
import type { Fleet } from './fleet.ts';
import type { RunState } from './state.ts';

/**
 * Keeps as many theorems at work as there are lanes, until all have ended (`over`) or `isLong` says that another execution
 * is to go on (`continue`); those at work then go on meanwhile. When the run is cancelled, or a fault ends it, they end
 * first.
 */
export const fanOut = async (
  state: RunState,
  fleet: Fleet,
  isLong: () => boolean,
): Promise<'over' | 'continue'> => {
  const { window } = fleet;
  const room = () => state.room;
  try {
    for (;;) {
      await condition(() => fleet.fault !== null || window.isOver(room()) || isLong() || window.has(room()));
      fleet.throwFault();
      if (window.isOver(room())) break;
      if (isLong()) {
        await readyToContinue(state, fleet);
        return 'continue';
      }
      const taken = window.take(room());
      if (taken !== null) fleet.begin(taken);
    }
    await fleet.settled();
  } catch (error) {
    await fleet.cancel();
    throw error;
  }
  fleet.throwFault();
  return 'over';
};

/** Requests that wait for a batch job have to be answered by this execution; all else goes on without it. */
const readyToContinue = async (state: RunState, fleet: Fleet): Promise<void> => {
  if (state.batches !== null) await condition(() => fleet.flights.length === 0);
  await fleet.settled();
  fleet.throwFault();
};
