import { firstWatch, type Watch } from '../loop/watch.ts';

/** How far a run got. */
export interface Cursor extends Watch {
  /** From 1. */
  epoch: number;
  /** Next batch of the epoch, from 0. */
  batch: number;
  /** Steps finished. */
  step: number;
  /** Sums over the epoch's finished batches. */
  epochLoss: number;
  epochCorrect: number;
  /** Size of metrics.ndjson: what was logged up to this step. */
  metricsBytes: number;
}

/** Before the first step. */
export const firstCursor: Cursor = {
  epoch: 1,
  batch: 0,
  step: 0,
  epochLoss: 0,
  epochCorrect: 0,
  metricsBytes: 0,
  ...firstWatch,
};
