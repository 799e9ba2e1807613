// The same phases on the calling thread, no Worker created: what the parallel engine is tested
// against.
import { setImmediate } from 'node:timers/promises';
import { BATCHES_DONE, HALT, Halt, PAUSE } from './control.ts';
import type { Engine } from './engine.ts';
import { createPhases, type Phase } from './phases.ts';
import type { SharedState } from './shared-state.ts';

/** Longest the event loop waits, in milliseconds. */
const longestBlock = 20;

export function createSequentialEngine(state: SharedState): Engine {
  const { control } = state;
  const phases = createPhases(state, 0);
  let blockedSince = performance.now();

  const runPhase = async (phase: Phase) => {
    for (let item = 0; item < phase.items; item++) {
      phase.run(item);
      if (performance.now() - blockedSince > longestBlock) {
        await setImmediate();
        blockedSince = performance.now();
      }
    }
    phase.end();
  };

  return {
    async train(from, to) {
      control[HALT] = Halt.no;
      control[PAUSE] = 0;
      control[BATCHES_DONE] = from;
      for (let batch = from; batch < to && control[HALT] === Halt.no; batch++) {
        for (const phase of phases.step(batch)) {
          if (control[HALT] === Halt.no) await runPhase(phase);
        }
      }
      return { batch: control[BATCHES_DONE], halt: control[HALT] as Halt };
    },
    evaluate: (set) => runPhase(phases.evaluation(set)),
    pause: () => void Atomics.store(control, PAUSE, 1),
    close: () => Promise.resolve(),
  };
}
