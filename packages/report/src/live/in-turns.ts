/// <reference lib="dom" />
// Long work in a page: a little at a time, so that it answers meanwhile, and one piece of work after another,
// because both may compute in the same memory.
import type { Steps } from '@convbook/runtime/explain';

/** Longest time in milliseconds that work keeps the page waiting, but for a step that is longer. */
const mostAtOnce = 12;

let last: Promise<unknown> = Promise.resolve();

/** Does work when all before it is done. Rejects with the signal's reason where that comes first. */
export function inTurns<Result>(work: () => Steps<Result>, signal: AbortSignal): Promise<Result> {
  const own = last.then(() => doSteps(work, signal));
  last = own.catch(() => undefined);
  return own;
}

async function doSteps<Result>(work: () => Steps<Result>, signal: AbortSignal): Promise<Result> {
  await nextTurn();
  signal.throwIfAborted();
  const steps = work();
  for (let begin = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - begin < mostAtOnce) continue;
    await nextTurn();
    signal.throwIfAborted();
    begin = performance.now();
  }
}

/** Lets the page paint and answer. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
