// The same phases on the calling thread, no Worker created: what the parallel engine is tested
// against.
import { createGiveWay } from '../loop/give-way.ts';
import { BATCHES_DONE, HALT, Halt, PAUSE } from './control.ts';
import type { Engine } from './engine.ts';
import { createPhases, type Phase } from './phases.ts';
import type { SharedState } from './shared-state.ts';

export function createSequentialEngine(state: SharedState): Engine {
  const { control } = state;
  const phases = createPhases(state, 0);
  const giveWay = createGiveWay();

  const runPhase = async (phase: Phase) => {
    for (let item = 0; item < phase.items; item++) {
      phase.run(item);
      await giveWay();
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
