// Notices workers that stand still. It counts its own ticks instead of reading a clock: a machine
// that slept for an hour has not hung.
import type { Barrier } from './control/barrier.ts';
import { isExchanging, readDoings } from './whereabouts.ts';

/** Words that change when workers get on: they only grow or begin anew. */
export interface Progress {
  readonly barrier: Pick<Barrier, 'signs'>;
  readonly whereabouts: Int32Array;
}

/** Calls `onHang` once when nothing changed for `seconds`; returns what ends the watch. */
export function watchProgress(progress: Progress, seconds: number, onHang: () => void): () => void {
  const tick = Math.min(1, seconds / 4);
  let known = '';
  let still = 0;
  const timer = setInterval(() => {
    const now = describe(progress);
    // A worker that waits for other ranks does not hang: the link itself notices lost ranks.
    still = now === known && !isExchanging(progress.whereabouts) ? still + tick : 0;
    known = now;
    if (still < seconds) return;
    clearInterval(timer);
    onHang();
  }, 1000 * tick);
  return () => clearInterval(timer);
}

function describe({ barrier, whereabouts }: Progress): string {
  return [...barrier.signs(), ...readDoings(whereabouts)].join();
}
