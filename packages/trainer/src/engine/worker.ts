// Worker side: waits for a job, runs its phases with the other workers, reports its number.
import type { MessagePort } from 'node:worker_threads';
import {
  ARRIVED,
  EVALUATE,
  FROM,
  HALT,
  Halt,
  JOB,
  KIND,
  NEXT,
  PHASE,
  QUIT,
  SET,
  TO,
  TRAIN,
} from './control.ts';
import { createPhases, type Phase } from './phases.ts';
import type { SharedState } from './shared-state.ts';

export interface WorkerTask {
  readonly state: SharedState;
  readonly worker: number;
  readonly workers: number;
  readonly port: MessagePort;
}

// Looks this often before it sleeps: about 50 µs, the time a wake-up would cost. A phase that ends
// sooner is not slept through; with more workers than cores the sleeping ones free a core.
const looks = 2000;

export default function runWorker({ state, worker, workers, port }: WorkerTask): void {
  const { control } = state;
  const phases = createPhases(state, worker);
  let job = 0;
  for (;;) {
    job = waitForChange(control, JOB, job);
    if (Atomics.load(control, QUIT) !== 0) break;
    switch (control[KIND]) {
      case TRAIN:
        for (let batch = control[FROM]; batch < control[TO]; batch++) {
          for (const phase of phases.step(batch)) {
            runPhase(phase, `batch ${batch}`);
            if (control[HALT] !== Halt.no) break;
          }
          if (control[HALT] !== Halt.no) break;
        }
        break;
      case EVALUATE:
        runPhase(phases.evaluation(control[SET]), `set ${control[SET]}`);
        break;
    }
    port.postMessage(job);
  }
  port.close();

  function runPhase(phase: Phase, where: string): void {
    // Read before arriving: the last to arrive raises it.
    const generation = Atomics.load(control, PHASE);
    for (;;) {
      const item = Atomics.add(control, NEXT, 1);
      if (item >= phase.items) break;
      try {
        phase.run(item);
      } catch (cause) {
        throw new Error(`worker ${worker}: ${phase.name}, item ${item}, ${where} failed`, {
          cause,
        });
      }
    }
    if (Atomics.add(control, ARRIVED, 1) + 1 < workers) {
      waitForChange(control, PHASE, generation);
      return;
    }
    phase.end();
    Atomics.store(control, ARRIVED, 0);
    Atomics.store(control, NEXT, 0);
    // Last: whoever sees it may claim items of the next phase.
    Atomics.add(control, PHASE, 1);
    Atomics.notify(control, PHASE);
  }
}

// Returns the new value of a word that was `known`.
function waitForChange(control: Int32Array, word: number, known: number): number {
  for (let look = 0; look < looks; look++) {
    const value = Atomics.load(control, word);
    if (value !== known) return value;
  }
  for (;;) {
    Atomics.wait(control, word, known);
    const value = Atomics.load(control, word);
    if (value !== known) return value;
  }
}
