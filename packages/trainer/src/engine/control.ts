// Words of the shared control block, int32. Written by the main thread: job, kind, from, to, set,
// quit, pause. Written by the worker that ends a phase: halt, batchesDone.

/** Raised by one to start a job; workers wait on it. */
export const JOB = 0;
/** What the job is: `TRAIN` or `EVALUATE`. */
export const KIND = 1;
/** First batch (train) of the job, and the one after the last. */
export const FROM = 2;
export const TO = 3;
/** Next item of the running phase to be claimed. */
export const NEXT = 4;
/** Workers that found no more items in the running phase. */
export const ARRIVED = 5;
/** Raised by one when a phase ends; workers wait on it. */
export const PHASE = 6;
/** Not 0: stop after the step that is running. */
export const PAUSE = 7;
/** Why the job ended before its last batch: one of `Halt`. */
export const HALT = 8;
/** Batches of this epoch that are finished. */
export const BATCHES_DONE = 9;
/** Not 0: end the worker. */
export const QUIT = 10;
/** Which of the evaluated sets: 0 test, 1 validation. */
export const SET = 11;
/** Steps finished before this epoch. */
export const STEPS_BEFORE = 12;
/** Shards of the running batch that have kept what whole-batch gradients are made from. */
export const KEPT = 13;
/** Next item of a phase that may begin before the one before has ended. */
export const NEXT_EARLY = 14;
export const controlWords = 16;

/** Words of `SharedState.whereabouts` for each worker: a cache line, so that no two share one. */
export const whereaboutsWords = 16;
/** What a worker does, in its first word: one of these, or `BUSY` and the index of the phase. */
export const STARTING = 0;
export const WAITING = 1;
export const BUSY = 2;
/** In place of the item, in its second word: it ends the phase. */
export const AT_END = -1;

/** The phases there are, by the index that `whereabouts` tells them with. */
export const phaseNames = [
  'forward and backward',
  'sum over shards',
  'update',
  'evaluation',
  // Before and after the first where layers wait for sums over the whole batch.
  'forward',
  'backward',
  // Before them where something is made of the weights for all shards.
  'prepare',
] as const;
export type PhaseName = (typeof phaseNames)[number];

export const TRAIN = 1;
export const EVALUATE = 2;

export const Halt = { no: 0, paused: 1, lossNotFinite: 2, gradientNotFinite: 3 } as const;
export type Halt = (typeof Halt)[keyof typeof Halt];
