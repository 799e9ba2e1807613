// Long work on the calling thread, in pieces: timers, signals and news of the workers come between.
import { setImmediate } from 'node:timers/promises';

/** Longest that others wait, in milliseconds, besides a piece. */
const longestBlock = 10;

/** Returns a function that yields to the event loop when the thread has been busy for so long. */
export function createGiveWay(): () => Promise<void> {
  let blockedSince = performance.now();
  return async () => {
    if (performance.now() - blockedSince < longestBlock) return;
    await setImmediate();
    blockedSince = performance.now();
  };
}
