import type { Engine } from './engine.ts';
import { createParallelEngine, type ParallelEngineOptions } from './parallel-engine.ts';
import { createSequentialEngine } from './sequential-engine.ts';
import type { SharedState } from './shared-state.ts';

/** Workers, or for 0 of them the calling thread. */
export function createEngine(
  state: SharedState,
  workers: number,
  options: ParallelEngineOptions = {},
): Engine {
  return workers === 0
    ? createSequentialEngine(state, options.link?.exchange)
    : createParallelEngine(state, workers, options);
}
