// Typed views of the control block, each thread's own; the words are shared.
import { createBarrier, type Barrier } from './barrier.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createKept, type Kept } from './kept.ts';
import { createPosition, type Position } from './position.ts';

export interface Control {
  readonly position: Position;
  readonly jobs: Jobs;
  readonly barrier: Barrier;
  readonly kept: Kept;
}

/** `looks`: how often a worker looks at a word before it sleeps. */
export function createControl(words: Int32Array, workers: number, looks = 0): Control {
  return {
    position: createPosition(words),
    jobs: createJobs(words),
    barrier: createBarrier(words, workers, looks),
    kept: createKept(words),
  };
}
