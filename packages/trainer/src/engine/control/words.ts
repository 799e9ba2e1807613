// Words of the control block, int32, which all threads see. Only the views beside this file read them.

/** Raised by one to start a job; workers wait on it. */
export const JOB = 0;
/** The kind of the job. */
export const KIND = 1;
/** First batch of a training job, and the one after the last. */
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
/** Why the job ended before its last batch. */
export const HALT = 8;
/** Batches of this epoch that are finished. */
export const BATCHES_DONE = 9;
/** Which set an evaluation takes. */
export const SET = 10;
/** Steps finished before this epoch. */
export const STEPS_BEFORE = 11;
/** Shards of the running batch that have kept what whole-batch gradients are made from. */
export const KEPT = 12;
/** Next item of a phase that may begin before the previous one has ended. */
export const NEXT_EARLY = 13;
/** Not 0: some rank wanted to pause when the loss of the running batch was known. */
export const PAUSE_AGREED = 14;

/** A bit for each group of rows of the last stage that has come from all ranks. */
export const GROUPS_THERE = 15;

/** Groups of rows of the running stage that have begun to cross. */
export const GROUPS_STARTED = 16;

/** From here on a word for each group: how many shards have kept its rows. */
export const GROUPS = 17;

/** Most groups of rows of a stage; fewer than a word has bits. */
export const mostGroups = 8;

/** Words of the block. */
export const controlWords = GROUPS + mostGroups;
