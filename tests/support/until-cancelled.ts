import { cancellationSignal, cancelled, heartbeat } from '@temporalio/activity';

/** The body of an activity that works until it is cancelled, as the real ones do: with heartbeats. */
export const untilCancelled = async (onStart: () => void, onCancel: () => void): Promise<never> => {
  heartbeat();
  const beat = setInterval(() => heartbeat(), 200);
  cancellationSignal().addEventListener('abort', onCancel);
  onStart();
  try {
    return await cancelled();
  } finally {
    clearInterval(beat);
  }
};
