import { pageText } from '@convbook/page/testing';
import type { Run } from '@convbook/run';
import { expect, test } from 'vitest';
import { courseWords } from '../cells/course-text.ts';
import { falls, flat, runOf, type Curves } from '../testing/run-of-curves.ts';
import { html } from '@convbook/page';
import { trainingCourse } from './training-course.ts';

/** The verdict in words: what it is called, what it shows and what to do. */
function said(run: Run): string {
  const words = courseWords(trainingCourse(run), run);
  return pageText(String(html`${words?.title} ${words?.shows} ${words?.next}`));
}

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
    'Trained long enough, not overfitted.',
  ],
  [
    'levelled off while a fifth of the training images are wrong',
    {
      losses: (done) => Math.max(0.6, 2.3 - 9 * done),
      epochs: flat,
      accuracy: 0.79,
      trainAccuracy: 0.8,
    },
    'underfitted',
    'The loss no longer falls, yet only 80.00% of the training images are classified correctly.',
  ],
  [
    'levelled off in one epoch',
    { losses: (done) => Math.max(0.3, 2.3 - 9 * done), epochs: [[0.5, 0.3]] },
    'settled',
    'Trained long enough. ',
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
    'forty steps with a jump after which nothing is learned',
    {
      losses: (done) => (done >= 0.3 && done < 0.35 ? 4.7 : 2.3),
      steps: 40,
      epochs: [[2.3, 2.3]],
      accuracy: 0.1,
      trainAccuracy: 0.1,
    },
    'rate-too-high',
    'and ended at 2.3: each update overshoots. Try a tenth: --learning-rate 0.0003.',
  ],
  [
    'few images in every fourth batch, whose losses say little',
    {
      losses: (done) => (Math.round(done * 24) % 4 < 3 ? 1.2 - done / 3 : done < 0.7 ? 0.5 : 1.2),
      steps: 24,
      batches: [32, 2],
      epochs: [[1.2, 1.5]],
      accuracy: 0.9,
    },
    'too-short',
    'After 24 steps nobody can tell how far this model would get, nor whether it would overfit.',
  ],
  [
    'learned by heart, with few test images',
    { losses: falls, epochs: flat, accuracy: 15 / 23, trainAccuracy: 0.93, test: [17, 1, 5] },
    'overfitted',
    'training accuracy is 27.78 percentage points higher',
  ],
  [
    'no better than one answer, with few test images',
    {
      losses: falls,
      steps: 24,
      epochs: flat,
      accuracy: 17 / 23,
      trainAccuracy: 0.79,
      test: [17, 1, 5],
    },
    'few-tests',
    'With 23 test images the accuracy may truly be anything from 53.53% to 87.45%. Always predicting the most frequent class, 0, would be right 73.91% of the time: nobody can tell whether the model has learned more than that. Collect more images of every class.',
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
    { losses: () => 2.3, epochs: flat, accuracy: 0.1, trainAccuracy: 0.1 },
    'stuck',
    'too low: try --learning-rate 0.03.',
  ],
  [
    'guessing after all',
    { losses: (done) => 2.6 - 0.3 * done, epochs: flat, accuracy: 0.1, trainAccuracy: 0.1 },
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
  expect(said(changed).replaceAll(/\s+/g, ' ')).toContain(says);
});

test('a model whose filters died is stuck after any number of steps', () => {
  const flatOut = { losses: () => 2.3, epochs: flat, accuracy: 0.1, trainAccuracy: 0.1 };
  const short = runOf({ ...flatOut, steps: 10 });
  const course = trainingCourse(short, { dead: 29, all: 30 });
  expect(course).toMatchObject({ kind: 'stuck', sign: 'dead' });
  const words = courseWords(course, short);
  expect(pageText(String(html`${words?.next}`))).toContain('too high: try --learning-rate 0.0003');
  expect(trainingCourse(short, { dead: 3, all: 30 })?.kind).toBe('too-short');
  expect(trainingCourse(runOf(flatOut), { dead: 29, all: 30 })).toMatchObject({ sign: 'dead' });
});

test.each(['running', 'interrupted', 'failed'] as const)(
  'of a run that is %s, only what can no longer turn out well is said',
  (status) => {
    const short: Curves = { losses: falls, steps: 10, status };
    expect(courseWords(trainingCourse(runOf(short)), runOf(short))).toBeNull();
    const high: Curves = { losses: (done) => (done < 0.01 ? 2.3 : 300), status };
    expect(said(runOf(high))).toContain('too high');
    expect(trainingCourse({ ...runOf({ losses: falls }), steps: [] })).toBeNull();
  },
);
