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
  /** Images of one batch and, where not as many, of each fourth one. */
  batches?: readonly [size: number, fourth: number];
  /** Test images of each class. */
  test?: readonly number[];
}

/** A complete run with these curves. */
export function runOf({ losses, steps: count = 600, epochs = [], ...rest }: Curves): Run {
  const { accuracy = 0.9, trainAccuracy = 0.91, status = 'complete' } = rest;
  const [size, fourth] = rest.batches ?? [step.samples, step.samples];
  const perClass = [...(rest.test ?? run.dataset?.test.perClass ?? [])];
  const testSamples = perClass.reduce((sum, images) => sum + images, 0);
  const steps = Array.from({ length: count }, (_, k) => ({
    ...step,
    step: k + 1,
    samples: k % 4 === 3 ? fourth : size,
    loss: losses(k / count),
  }));
  const events = epochs.map(([trainLoss, testLoss], k): EpochEvent => ({
    ...run.epochs[0],
    epoch: k + 1,
    trainLoss,
    testLoss,
    trainAccuracy,
    testAccuracy: accuracy,
    testSamples,
  }));
  const record = { ...run.record, status };
  const dataset = run.dataset && {
    ...run.dataset,
    test: { ...run.dataset.test, samples: testSamples, perClass },
  };
  return {
    ...run,
    record,
    dataset,
    steps,
    stepCount: count,
    epochs: events,
    epochCount: events.length,
  };
}

/** A loss that falls to the end, and epochs whose test loss stays. */
export const falls = (done: number) => 2.3 * (1 - done) + 0.1;
export const flat: Epochs = [
  [0.5, 0.3],
  [0.31, 0.3],
];
