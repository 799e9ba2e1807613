// Shows on stderr how many pictures of a folder are decoded.
import cliProgress from 'cli-progress';
import { barOptions, say, type ProgressKind } from './progress.ts';

/** The display while pictures are decoded. */
export interface DecodingProgress {
  update(done: number, total: number): void;
  stop(): void;
}

// At most one line in this many milliseconds.
const plainEvery = 10_000;

/** A bar for a terminal, a line every ten seconds, or nothing. */
export function createDecodingProgress(kind: ProgressKind): DecodingProgress {
  const silent = () => undefined;
  if (kind === 'none') return { update: silent, stop: silent };
  return kind === 'bar' ? createBar() : createPlain();
}

function createBar(): DecodingProgress {
  const bar = new cliProgress.SingleBar({
    ...barOptions,
    format: '{bar} {value} of {total} pictures decoded',
  });
  return {
    update(done, total) {
      if (done === 1) bar.start(total, done);
      bar.update(done);
      if (done === total) bar.stop();
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
      say(`${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} pictures decoded`);
    },
    stop: () => undefined,
  };
}
