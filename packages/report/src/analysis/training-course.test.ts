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
  expect(said(changed).replaceAll(/\s+/g, ' ')).toContain(says);
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
