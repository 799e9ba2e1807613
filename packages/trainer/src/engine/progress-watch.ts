// Notices workers that stand still. It counts its own ticks instead of reading a clock: a machine
// that slept for an hour has not hung.
import { ARRIVED, NEXT, NEXT_EARLY, PHASE, whereaboutsWords } from './control.ts';

/** What changes when workers get on, in words that only grow or begin anew. */
export interface Progress {
  readonly control: Int32Array;
  readonly whereabouts: Int32Array;
}

/** Calls `onHang` once when nothing changed for `seconds`; returns what ends the watch. */
export function watchProgress(progress: Progress, seconds: number, onHang: () => void): () => void {
  const tick = Math.min(1, seconds / 4);
  let known = '';
  let still = 0;
  const timer = setInterval(() => {
    const now = describe(progress);
    still = now === known ? still + tick : 0;
    known = now;
    if (still < seconds) return;
    clearInterval(timer);
    onHang();
  }, 1000 * tick);
  return () => clearInterval(timer);
}

function describe({ control, whereabouts }: Progress): string {
  const started = whereabouts.filter((_, at) => at % whereaboutsWords === 0);
  const words = [PHASE, NEXT, NEXT_EARLY, ARRIVED].map((word) => Atomics.load(control, word));
  return [...words, ...started].join();
}
