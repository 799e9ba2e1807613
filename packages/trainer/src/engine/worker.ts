// Worker side: waits for a job, runs its phases with the other workers, reports its number.
import { availableParallelism } from 'node:os';
import type { MessagePort } from 'node:worker_threads';
import { strike, type WorkerInjection } from '../faults/inject-in-worker.ts';
import {
  ARRIVED,
  AT_END,
  BATCHES_DONE,
  BUSY,
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
  STEPS_BEFORE,
  TO,
  TRAIN,
  WAITING,
  phaseNames,
  whereaboutsWords,
  type PhaseName,
} from './control.ts';
import { createPhases, type Phase } from './phases.ts';
import type { SharedState } from './shared-state.ts';
import { recordSpans } from './timeline.ts';
import { addPhaseTime, workerTimesNumbers } from './worker-times.ts';

export interface WorkerTask {
  readonly state: SharedState;
  readonly worker: number;
  readonly workers: number;
  readonly port: MessagePort;
  /** Only in tests. */
  readonly injection: WorkerInjection | undefined;
}

// Looks this often before it sleeps, about 13 µs: a phase that ends sooner is not slept through. Ten times
// as often gained nothing. With more workers than cores the sleeping ones free a core at once.
const mostLooks = 2000;

export default function runWorker(task: WorkerTask): void {
  const { state, worker, workers, port, injection } = task;
  const { control } = state;
  const phases = createPhases(state, worker);
  const looks = workers > availableParallelism() ? 0 : mostLooks;
  // For errors: a thread that ends cannot say where it was.
  const whereabouts = state.whereabouts.subarray(worker * whereaboutsWords);
  const times = state.workerTimes.subarray(worker * workerTimesNumbers);
  whereabouts[0] = WAITING;
  let job = 0;
  for (;;) {
    job = waitForChange(control, JOB, job, looks);
    if (Atomics.load(control, QUIT) !== 0) break;
    switch (control[KIND]) {
      case TRAIN:
        for (let batch = control[FROM]; batch < control[TO]; batch++) {
          const step = control[STEPS_BEFORE] + batch + 1;
          for (const phase of recordSpans(state, step, worker, phases.step(batch))) {
            runPhase(phase);
            if (control[HALT] !== Halt.no) break;
          }
          if (control[HALT] !== Halt.no) break;
        }
        break;
      case EVALUATE:
        runPhase(phases.evaluation(control[SET]));
        break;
    }
    port.postMessage(job);
  }
  port.close();

  function runPhase(phase: Phase): void {
    // Read before arriving: the last to arrive raises it.
    const generation = Atomics.load(control, PHASE);
    whereabouts[0] = BUSY + phaseNames.indexOf(phase.name);
    // The next there is, where it fails before it took one.
    whereabouts[1] = Math.min(Atomics.load(control, NEXT), phase.items - 1);
    if (injection) strike(injection, phase.name, stepOf(control, phase.name), worker);
    const startedAt = performance.now();
    for (;;) {
      const item = Atomics.add(control, NEXT, 1);
      if (item >= phase.items) break;
      whereabouts[1] = item;
      phase.run(item);
    }
    const ranAt = performance.now();
    const running = ranAt - startedAt;
    if (Atomics.add(control, ARRIVED, 1) + 1 < workers) {
      whereabouts[0] = WAITING;
      waitForChange(control, PHASE, generation, looks);
      const waiting = performance.now() - ranAt;
      addPhaseTime(times, { phase: phase.name, running, ending: 0, waiting });
      return;
    }
    whereabouts[1] = AT_END;
    phase.end();
    whereabouts[0] = WAITING;
    const ending = performance.now() - ranAt;
    addPhaseTime(times, { phase: phase.name, running, ending, waiting: 0 });
    Atomics.store(control, ARRIVED, 0);
    Atomics.store(control, NEXT, 0);
    // Last: whoever sees it may claim items of the next phase.
    Atomics.add(control, PHASE, 1);
    Atomics.notify(control, PHASE);
  }
}

// The running step, from 1; an evaluation belongs to the step before.
function stepOf(control: Int32Array, phase: PhaseName): number {
  return control[STEPS_BEFORE] + control[BATCHES_DONE] + (phase === 'evaluation' ? 0 : 1);
}

// Returns the new value of a word that was `known`.
function waitForChange(control: Int32Array, word: number, known: number, looks: number): number {
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
