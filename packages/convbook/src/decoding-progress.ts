// Shows on stderr how many pictures of a folder are decoded.
import { barOptions, count, loadBars, say, type ProgressKind } from './progress.ts';

/** The display while pictures are decoded. */
export interface DecodingProgress {
  update(done: number, total: number): void;
  /** Takes the bar away while a line is written. */
  aside(write: () => void): void;
  stop(): void;
}

// At most one line in this many milliseconds.
const plainEvery = 10_000;

/** A bar for a terminal, a line every ten seconds, or nothing. */
export async function createDecodingProgress(kind: ProgressKind): Promise<DecodingProgress> {
  const silent = () => undefined;
  if (kind === 'none') return { update: silent, aside, stop: silent };
  return kind === 'bar' ? createBar() : createPlain();
}

function aside(write: () => void): void {
  write();
}

async function createBar(): Promise<DecodingProgress> {
  const { SingleBar } = await loadBars();
  const bar = new SingleBar({
    ...barOptions,
    format: '{bar} {value} of {total} pictures decoded',
  });
  let [value, total] = [0, 0];
  return {
    update(done, all) {
      [value, total] = [done, all];
      if (!bar.isActive) bar.start(total, value);
      bar.update(value);
      if (value === total) bar.stop();
    },
    aside(write) {
      const isShown = bar.isActive;
      bar.stop();
      write();
      if (isShown) bar.start(total, value);
    },
    stop: () => bar.stop(),
  };
}

function createPlain(): DecodingProgress {
  let saidAt = performance.now();
  return {
    update(done, total) {
      if (performance.now() - saidAt < plainEvery) return;
      saidAt = performance.now();
      say(`${count(done)} of ${count(total)} pictures decoded`);
    },
    aside,
    stop: () => undefined,
  };
}
