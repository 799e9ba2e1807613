// Means over the training samples of an epoch, as they were met.
import path from 'node:path';
import { runFiles } from '@convbook/run';
import { lastMetricsEvent } from '@convbook/run/writing';
import type { Cursor } from '../run/cursor.ts';
import type { RunContext } from './run-context.ts';
import { samplesOf } from './trained.ts';

export interface TrainMeans {
  readonly trainLoss: number;
  readonly trainAccuracy: number;
}

/** Over the finished batches of the cursor's epoch. */
export function trainMeans(context: RunContext, cursor: Cursor): TrainMeans {
  const samples = samplesOf(context, 0, cursor.batch) || 1;
  return {
    trainLoss: cursor.epochLoss / samples,
    trainAccuracy: cursor.epochCorrect / samples,
  };
}

/** Over the last epoch that ended, for a run that has nothing left to train. */
export function loggedMeans({ directory }: RunContext): TrainMeans {
  const file = path.join(directory, runFiles.metrics);
  const { trainLoss = 0, trainAccuracy = 0 } = lastMetricsEvent(file, 'epoch') ?? {};
  return { trainLoss, trainAccuracy };
}
