import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { readRun, type EpochEvent, type Run } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { courseText } from '../cells/course-text.ts';
import { trainingCourse } from './training-course.ts';

const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run')));
const [step] = run.steps;

/** Losses of training and of the test after each epoch, and accuracies at its end. */
type Epochs = readonly (readonly [trainLoss: number, testLoss: number])[];

interface Curves {
  losses: (done: number) => number;
  steps?: number;
  epochs?: Epochs;
  accuracy?: number;
  trainAccuracy?: number;
  status?: Run['record']['status'];
}

function runOf({ losses, steps: count = 600, epochs = [], ...rest }: Curves): Run {
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

const falls = (done: number) => 2.3 * (1 - done) + 0.1;
const flat: Epochs = [
  [0.5, 0.3],
  [0.31, 0.3],
];

const courses: [string, Curves, string, string][] = [
  [
    'ten steps',
    { losses: falls, steps: 10, epochs: [[2.1, 1.9]] },
    'too-short',
    'Too short to judge. After 10 steps',
  ],
  [
    'ten steps that classify all correctly',
    { losses: falls, steps: 10, epochs: [[0.1, 0.01]], accuracy: 1 },
    'flawless',
    'All 600 test images are classified correctly.',
  ],
  [
    'one epoch whose loss falls to the end',
    { losses: falls, epochs: [[1, 0.4]] },
    'still-falling',
    'within a tenth of the steps',
  ],
  [
    'epochs whose test loss falls',
    {
      losses: falls,
      epochs: [
        [1, 0.4],
        [0.4, 0.3],
      ],
    },
    'still-falling',
    'In the last epoch the test loss fell by another 25%',
  ],
  [
    'levelled off',
    { losses: (done) => Math.max(0.3, 2.3 - 9 * done), epochs: flat },
    'settled',
    'Levelled off.',
  ],
  [
    'a loss that jumps and stays',
    {
      losses: (done) => (done < 0.01 ? 2.3 : done < 0.2 ? 300 : 2.31),
      epochs: flat,
      accuracy: 0.1,
    },
    'rate-too-high',
    'The loss began at 2.3, rose to 300 and ended at 2.31',
  ],
  [
    'a loss that rises again',
    { losses: (done) => (done < 0.5 ? 2.3 - 4 * done : 1.5), epochs: flat },
    'rate-too-high',
    'The loss fell from 2.3 to 0.403 and then rose again to 1.5: updates undo what was learned. Try a tenth: --learning-rate 0.0003.',
  ],
  [
    'a jump that is made good',
    { losses: (done) => (done < 0.01 ? 2.3 : done < 0.1 ? 9 : 0.3), epochs: flat },
    'settled',
    'training accuracy is 1.00 percentage points higher',
  ],
  [
    'a run that diverged',
    { losses: falls, status: 'diverged' },
    'rate-too-high',
    'no longer a finite number',
  ],
  [
    'a loss that stands still',
    { losses: () => 2.3, epochs: flat, accuracy: 0.1 },
    'stuck',
    'too low: try --learning-rate 0.03.',
  ],
  [
    'guessing after all',
    { losses: (done) => 2.6 - 0.3 * done, epochs: flat, accuracy: 0.1 },
    'stuck',
    'may be too high: try --learning-rate 0.0003.',
  ],
  [
    'a test loss that rises while the training loss falls',
    {
      losses: falls,
      epochs: [
        [1, 0.4],
        [0.4, 0.3],
        [0.1, 0.35],
        [0.05, 0.4],
      ],
    },
    'overfitted',
    'The test loss was lowest, 0.3, after epoch 2 and is 0.4 in the end',
  ],
  [
    'a training accuracy far above',
    { losses: falls, epochs: flat, trainAccuracy: 0.998 },
    'overfitted',
    'training accuracy is 9.80 percentage points higher',
  ],
];

test.each(courses)('%s', (_, curves, kind, says) => {
  const changed = runOf(curves);
  expect(trainingCourse(changed)?.kind).toBe(kind);
  expect(pageText(String(courseText(changed))).replaceAll(/\s+/g, ' ')).toContain(says);
});

test('while a run goes on, only what can no longer turn out well is said', () => {
  const short: Curves = { losses: falls, steps: 10, status: 'running' };
  expect(courseText(runOf(short))).toBeNull();
  const high: Curves = { losses: (done) => (done < 0.01 ? 2.3 : 300), status: 'running' };
  expect(String(courseText(runOf(high)))).toContain('too high');
  expect(trainingCourse({ ...run, steps: [] })).toBeNull();
});
