// Watches what a picture takes while libvips decodes it on a thread of its own.
import type { Allowance } from './limits.ts';

const watchMilliseconds = 5;

export interface Watch {
  /** Raises what the picture may take, once its size is known. */
  readonly allow: (allowance: Allowance) => void;
  end(): void;
}

/** Calls `onExcess` once, with what was too much. */
export function startWatch(allowed: Allowance, onExcess: (excess: string) => void): Watch {
  let bytesBefore = process.memoryUsage.rss();
  const timeBefore = process.cpuUsage();
  let isOver = false;
  const check = () => {
    if (isOver) return;
    const bytesNow = process.memoryUsage.rss();
    // Memory of earlier work that is given back meanwhile would hide what this picture takes.
    bytesBefore = Math.min(bytesBefore, bytesNow);
    const bytes = bytesNow - bytesBefore;
    const { user, system } = process.cpuUsage(timeBefore);
    const isLarge = bytes > allowed.bytes;
    if (!isLarge && user + system <= allowed.seconds * 1e6) return;
    isOver = true;
    clearInterval(timer);
    onExcess(
      isLarge
        ? `more than ${allowed.bytes >> 20} MiB of memory`
        : `more than ${allowed.seconds.toPrecision(2)} seconds of work`,
    );
  };
  const timer = setInterval(check, watchMilliseconds);
  return {
    allow(allowance) {
      // A busy machine may not have looked yet.
      check();
      allowed = allowance;
    },
    end: () => clearInterval(timer),
  };
}
