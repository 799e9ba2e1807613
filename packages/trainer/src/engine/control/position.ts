// Where training stands in its run, and whether it is to go on.
import { BATCHES_DONE, HALT, PAUSE, PAUSE_AGREED, STEPS_BEFORE } from './words.ts';

/** Steps are counted in words of 32 bits. */
export const mostSteps = 0x7fffffff;

/** Why a job ended before its last batch. */
export type Halt =
  'paused' | 'loss not finite' | 'learning rate not finite' | 'gradient not finite';

const halts: readonly (Halt | null)[] = [
  null,
  'paused',
  'loss not finite',
  'learning rate not finite',
  'gradient not finite',
];

export interface Position {
  /** Main thread: an epoch begins, or goes on after `batchesDone` of its batches. */
  beginEpoch(stepsBefore: number, batchesDone: number): void;
  /** Main thread, before a job: nothing halts or pauses it yet. */
  beginJob(): void;
  /** Before a training job: its first batch. */
  beginBatches(from: number): void;
  /** Batches of this epoch that are finished. */
  batchesDone(): number;
  /** Steps of the run that are finished. */
  stepsDone(): number;
  /** The step, from 1, that a batch of this epoch is. */
  stepOf(batch: number): number;
  /** Steps before this epoch. */
  stepsBefore(): number;
  /** Called by the worker that ends a step: it is finished. */
  finishBatch(batch: number): void;
  /** Called by the worker that ends a phase: the job ends here. */
  halt(why: Halt): void;
  halted(): Halt | null;
  /** Any thread: end the job after the running step. */
  pause(): void;
  isPauseWanted(): boolean;
  /** Called by the worker that ends a phase: whether all ranks end the job after the running step. */
  agreeToPause(isAgreed: boolean): void;
  isPauseAgreed(): boolean;
}

export function createPosition(words: Int32Array): Position {
  return {
    beginEpoch(stepsBefore, batchesDone) {
      words[STEPS_BEFORE] = stepsBefore;
      words[BATCHES_DONE] = batchesDone;
    },
    beginJob() {
      words[HALT] = 0;
      words[PAUSE] = 0;
    },
    beginBatches: (from) => void (words[BATCHES_DONE] = from),
    // Atomic, as `finishBatch` is: whoever sees a batch counted sees its numbers.
    batchesDone: () => Atomics.load(words, BATCHES_DONE),
    stepsDone: () => words[STEPS_BEFORE] + Atomics.load(words, BATCHES_DONE),
    stepOf: (batch) => words[STEPS_BEFORE] + batch + 1,
    stepsBefore: () => words[STEPS_BEFORE],
    // After all numbers of the batch are written: the main thread reads them once this counts it.
    finishBatch: (batch) => void Atomics.store(words, BATCHES_DONE, batch + 1),
    // Plain: the end of the phase, which is atomic and later, shows it to the others.
    halt: (why) => void (words[HALT] = halts.indexOf(why)),
    halted: () => halts[words[HALT]],
    // The main thread writes while workers read; no order with other words matters.
    pause: () => void Atomics.store(words, PAUSE, 1),
    isPauseWanted: () => Atomics.load(words, PAUSE) !== 0,
    agreeToPause: (isAgreed) => void (words[PAUSE_AGREED] = isAgreed ? 1 : 0),
    isPauseAgreed: () => words[PAUSE_AGREED] !== 0,
  };
}
