// Runs whose curves are given.
import { join } from 'node:path';
import { readRun, type EpochEvent, type Run } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';

const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run')));
const [step] = run.steps;

/** Losses of training and of the test after each epoch, and accuracies at its end. */
type Epochs = readonly (readonly [trainLoss: number, testLoss: number])[];

export interface Curves {
  losses: (done: number) => number;
  steps?: number;
  epochs?: Epochs;
  accuracy?: number;
  trainAccuracy?: number;
  status?: Run['record']['status'];
}

/** A complete run with these curves. */
export function runOf({ losses, steps: count = 600, epochs = [], ...rest }: Curves): Run {
  const { accuracy = 0.9, trainAccuracy = 0.91, status = 'complete' } = rest;
  const steps = Array.from({ length: count }, (_, k) => ({
    ...step,
    step: k + 1,
    loss: losses(k / count),
  }));
  const events = epochs.map(([trainLoss, testLoss], k): EpochEvent => ({
    ...run.epochs[0],
    epoch: k + 1,
    trainLoss,
    testLoss,
    trainAccuracy,
    testAccuracy: accuracy,
  }));
  const record = { ...run.record, status };
  return { ...run, record, steps, stepCount: count, epochs: events, epochCount: events.length };
}

/** A loss that falls to the end, and epochs whose test loss stays. */
export const falls = (done: number) => 2.3 * (1 - done) + 0.1;
export const flat: Epochs = [
  [0.5, 0.3],
  [0.31, 0.3],
];
