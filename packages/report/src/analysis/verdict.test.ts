import type { Run, ShownFault } from '@convbook/run';
import { pageText } from '@convbook/page/testing';
import { html } from '@convbook/page';
import { expect, test } from 'vitest';
import { findingText } from '../cells/finding-text.ts';
import { falls, flat, runOf } from '../testing/run-of-curves.ts';
import { softmax, type Evaluation } from './evaluation.ts';
import type { FilterCounts } from './training-course.ts';
import { verdict } from './verdict.ts';

/** So many test images of a label, predicted as a class with this probability among the classes. */
type Answers = readonly (readonly [
  label: number,
  prediction: number,
  count: number,
  probability: number,
])[];

function evaluationOf(answers: Answers, classes = 3): Evaluation {
  const all = answers.flatMap(([label, prediction, count, probability]) =>
    Array.from({ length: count }, () => ({ label, prediction, probability })),
  );
  const logits = new Float32Array(all.length * classes);
  all.forEach(({ prediction, probability }, k) => {
    logits[k * classes + prediction] = Math.log((probability * (classes - 1)) / (1 - probability));
  });
  const labels = Uint8Array.from(all, ({ label }) => label);
  return { samples: all.length, classes, logits, labels };
}

const settled = runOf({ losses: (done) => Math.max(0.3, 2.3 - 9 * done), epochs: flat });
const names = ['cat', 'dog', 'eel'];

function found(run: Run, answers: Answers, filters: FilterCounts | null = null): string[] {
  const { findings } = verdict({ ...run, evaluation: evaluationOf(answers) }, filters);
  return findings.map((finding) => {
    const { text, cell } = findingText(finding, names);
    return `${cell}: ${text.en}`;
  });
}

const right = (label: number, count: number, probability = 0.97) =>
  [label, label, count, probability] as const;

test('the probabilities of these tests are those given', () => {
  const { logits } = evaluationOf([right(0, 1, 0.8)]);
  expect(softmax(logits)[0]).toBeCloseTo(0.8, 6);
});

const cases: [string, Answers, string[]][] = [
  [
    'all is well',
    [right(0, 200, 0.99), right(1, 197, 0.99), [1, 2, 3, 0.5], right(2, 200, 0.99)],
    ['confidence: Calibrated: confidence within 0.7 percentage points of accuracy'],
  ],
  [
    'four of a pair are too few to name, five are named',
    [right(0, 200, 0.98), right(1, 200, 0.98), [0, 1, 3, 0.4], [1, 0, 2, 0.4]],
    [
      'confidence: Calibrated: confidence within 1.5 percentage points of accuracy',
      'confusion: cat and dog confused 5 times',
    ],
  ],
  [
    'too sure',
    [right(0, 400, 0.999), [0, 1, 100, 0.9995], right(1, 500, 0.999)],
    [
      'confidence: Confidence 9.9 percentage points too high',
      'confusion: cat and dog confused 100 times',
      'mistakes: 100 labels to look at again',
    ],
  ],
  [
    'labels are not doubted by a model that does no better than one answer',
    [right(0, 75, 0.999), [1, 0, 25, 0.9995]],
    [
      'confusion: Class dog: none of its 25 test images found',
      'confidence: Confidence 24.9 percentage points too high',
      'confusion: dog and cat confused 25 times',
    ],
  ],
  [
    'too careful',
    [right(0, 500, 0.6), right(1, 500, 0.6)],
    ['confidence: Confidence 40.0 percentage points too low'],
  ],
  [
    'a rare class that is neglected',
    [right(0, 480, 0.98), right(1, 480, 0.98), right(2, 6, 0.5), [2, 0, 24, 0.6]],
    [
      'confusion: Class eel: only 20% of its 30 test images found',
      'confidence: Calibrated: confidence within 0.8 percentage points of accuracy',
      'confusion: eel and cat confused 24 times',
    ],
  ],
  [
    'a class of two images proves nothing',
    [right(0, 480, 0.995), right(1, 480, 0.995), right(2, 1), [2, 0, 1, 0.6]],
    ['confidence: Calibrated: confidence within 0.4 percentage points of accuracy'],
  ],
];

test.each(cases)('%s', (_, answers, expected) => {
  expect(found(settled, answers)).toEqual(expected);
});

test('few test images confirm no confidence, and a class may never be found', () => {
  const findings = found(settled, [right(0, 17, 0.74), [1, 0, 5, 0.74], [2, 0, 1, 0.74]]);
  expect(findings[0]).toBe('confusion: Class dog: none of its 5 test images found');
  expect(findings.join()).not.toContain('Calibrated');
});

test('a perfect model is only told how well its confidence fits', () => {
  const perfect = runOf({ losses: falls, epochs: [[0.1, 0.01]], accuracy: 1 });
  expect(found(perfect, [right(0, 300, 0.999), right(1, 300, 0.999)])).toEqual([
    'confidence: Calibrated: confidence within 0.1 percentage points of accuracy',
  ]);
});

test.each([
  [
    'ten steps',
    runOf({ losses: falls, steps: 10, epochs: [[2.1, 1.9]], accuracy: 0.3, trainAccuracy: 0.3 }),
  ],
  ['a run that diverged', runOf({ losses: falls, status: 'diverged' })],
  [
    'a run that is stuck',
    runOf({ losses: () => 2.3, epochs: flat, accuracy: 0.1, trainAccuracy: 0.1 }),
  ],
])('the answers of %s are not judged, its filters are', (_, run) => {
  expect(found(run, [right(0, 10), [1, 0, 200, 0.9]], { dead: 2, all: 3 })).toEqual([
    'filters: 2 dead filters of 3',
  ]);
});

test('an overfitted run is judged', () => {
  const run = runOf({ losses: falls, epochs: flat, trainAccuracy: 0.998 });
  expect(verdict(run, null).course?.kind).toBe('overfitted');
  expect(found(run, [right(0, 200, 0.999), [1, 0, 40, 0.999]])[0]).toMatch(/^confusion: Class dog/);
});

test('training images in the test come first', () => {
  const fault: ShownFault = { kind: 'leak', count: 12, groups: 12, shown: [] };
  const { dataset } = settled;
  const run = dataset && {
    ...settled,
    dataset: { ...dataset, faults: { shape: [1, 1, 1], found: [fault] } },
  };
  expect(run && found(run, [right(0, 100)])[0]).toBe(
    'data: 12 training images are also in the test: remove them',
  );
});

test('before the first step nothing is found', () => {
  expect(verdict({ ...settled, steps: [], evaluation: null }, null)).toEqual({
    course: null,
    findings: [],
  });
});

test('a finding has its words in Korean', () => {
  const { text } = findingText({ kind: 'dead', count: 3, all: 30 }, names);
  expect(pageText(String(html`${text.ko}`))).toBe('필터 30개 중 죽은 필터 3개');
});
