import { heartbeat } from '@temporalio/activity';

/** Waits as an activity does that is alive, however long the promise takes on a busy machine. */
export const held = async <T>(promise: Promise<T>): Promise<T> => {
  const beat = setInterval(() => heartbeat(), 500);
  try {
    return await promise;
  } finally {
    clearInterval(beat);
  }
};
