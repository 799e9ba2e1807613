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
  KEPT,
  KIND,
  NEXT,
  NEXT_EARLY,
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
          const ofStep = recordSpans(state, step, worker, phases.step(batch));
          for (const [at, phase] of ofStep.entries()) {
            runPhase(phase, ofStep[at + 1] ?? null);
            if (control[HALT] !== Halt.no) break;
          }
          if (control[HALT] !== Halt.no) break;
        }
        break;
      case EVALUATE:
        runPhase(phases.evaluation(control[SET]), null);
        break;
    }
    port.postMessage(job);
  }
  port.close();

  // `next`, where there is one, may have items that run before this one has ended.
  function runPhase(phase: Phase, next: Phase | null): void {
    // Read before arriving: the last to arrive raises it.
    const generation = Atomics.load(control, PHASE);
    let startedAt = performance.now();
    const lap = () => {
      const before = startedAt;
      startedAt = performance.now();
      return startedAt - before;
    };
    enter(phase);
    if (injection) strike(injection, phase.name, stepOf(control, phase.name), worker);
    runItems(phase, phase.items);
    const running = lap();
    if (Atomics.add(control, ARRIVED, 1) + 1 < workers) {
      whereabouts[0] = WAITING;
      let waiting = 0;
      if (next !== null && next.earlyItems > 0) {
        for (let kept = 0; kept < phase.items;) kept = waitForChange(control, KEPT, kept, looks);
        waiting += lap();
        enter(next);
        runItems(next, next.earlyItems);
        whereabouts[0] = WAITING;
        addPhaseTime(times, { phase: next.name, running: lap(), ending: 0, waiting: 0 });
      }
      waitForChange(control, PHASE, generation, looks);
      addPhaseTime(times, { phase: phase.name, running, ending: 0, waiting: waiting + lap() });
      return;
    }
    whereabouts[1] = AT_END;
    phase.end();
    whereabouts[0] = WAITING;
    addPhaseTime(times, { phase: phase.name, running, ending: lap(), waiting: 0 });
    Atomics.store(control, ARRIVED, 0);
    Atomics.store(control, counterOf(phase), 0);
    // Last: whoever sees it may claim items of the next phase.
    Atomics.add(control, PHASE, 1);
    Atomics.notify(control, PHASE);
  }

  function enter(phase: Phase): void {
    whereabouts[0] = BUSY + phaseNames.indexOf(phase.name);
    // The next there is, where it fails before it took one.
    whereabouts[1] = Math.min(Atomics.load(control, counterOf(phase)), phase.items - 1);
  }

  // Those that no worker has claimed, of the first `count`.
  function runItems(phase: Phase, count: number): void {
    const counter = counterOf(phase);
    for (;;) {
      const item = Atomics.load(control, counter);
      if (item >= count) return;
      if (Atomics.compareExchange(control, counter, item, item + 1) !== item) continue;
      whereabouts[1] = item;
      phase.run(item);
    }
  }
}

// A phase that begins early is counted while the one before still is.
function counterOf({ earlyItems }: Phase): number {
  return earlyItems > 0 ? NEXT_EARLY : NEXT;
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
