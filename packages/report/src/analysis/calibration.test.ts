import { expect, test } from 'vitest';
import { calibration, expectedCalibrationError, withhold } from './calibration.ts';
import { labelSuspects, toldSuspects } from './label-suspects.ts';

/** Two classes with these probabilities of class 1. */
function evaluationOf(probabilities: readonly number[], labels: readonly number[]) {
  const logits = Float32Array.from(probabilities.flatMap((p) => [0, Math.log(p / (1 - p))]));
  return { samples: labels.length, classes: 2, logits, labels: Uint8Array.from(labels) };
}

const evaluation = evaluationOf([0.95, 0.95, 0.05, 0.75, 0.25], [1, 0, 0, 1, 1]);

test('calibration counts every sample once, with its confidence and whether it is right', () => {
  const bins = calibration(evaluation);
  expect(bins.map(({ samples }) => samples)).toEqual([0, 0, 0, 0, 0, 0, 0, 2, 0, 3]);
  expect(bins[7].accuracy).toBe(0.5);
  expect(bins[7].confidence).toBeCloseTo(0.75, 6);
  expect(bins[9].accuracy).toBeCloseTo(2 / 3, 12);
});

test('the expected calibration error by hand', () => {
  const expected = (2 / 5) * 0.25 + (3 / 5) * (0.95 - 2 / 3);
  expect(expectedCalibrationError(calibration(evaluation))).toBeCloseTo(expected, 6);
});

test('withhold keeps the most confident', () => {
  const [all, most] = withhold(evaluation, [1, 0.6]);
  expect([all.samples, all.wrong]).toEqual([5, 2]);
  expect([most.samples, most.wrong]).toEqual([3, 1]);
  expect(most.confidence).toBeCloseTo(0.95, 6);
});

test('a label is suspect where another class reaches its own mean', () => {
  const { labels } = evaluationOf([], [0, 0, 0, 1, 1, 1, 0]);
  const suspects = labelSuspects({
    ...evaluationOf([0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.99], [...labels]),
  });
  expect(suspects).toMatchObject([{ index: 6, label: 0, likely: 1 }]);
});

/** Images of classes 0 to 2, each with a logit of 3 for its answer and 0 for the others. */
function answersOf(rows: readonly (readonly [label: number, answer: number, count: number])[]) {
  const all = rows.flatMap(([label, answer, count]) =>
    Array.from({ length: count }, () => ({ label, answer })),
  );
  const logits = Float32Array.from(
    all.flatMap(({ answer }) => [0, 1, 2].map((k) => (k === answer ? 3 : 0))),
  );
  const labels = Uint8Array.from(all, ({ label }) => label);
  return { samples: all.length, classes: 3, logits, labels };
}

test('suspects are told of classes that are recognized and have enough test images', () => {
  const rows = [
    [0, 0, 30],
    [0, 1, 2],
    [1, 1, 30],
    [1, 2, 1],
    [2, 2, 10],
    [2, 0, 3],
  ] as const;
  const told = toldSuspects(answersOf(rows));
  expect(told).toMatchObject({ kind: 'told', without: [2] });
  const pairs = told.kind === 'told' ? told.suspects : [];
  expect(pairs.map(({ label, likely }) => [label, likely])).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

test.each<[object, (readonly [number, number, number])[]]>([
  [
    { kind: 'guessing', mostFrequent: 0 },
    [
      [0, 0, 17],
      [1, 0, 5],
      [2, 0, 1],
    ],
  ],
  [
    { kind: 'few' },
    [
      [0, 0, 15],
      [1, 1, 14],
      [2, 2, 15],
    ],
  ],
  [
    { kind: 'few' },
    [
      [0, 0, 40],
      [1, 1, 15],
      [2, 1, 25],
    ],
  ],
])('no suspects are told: %j', (expected, rows) => {
  expect(toldSuspects(answersOf(rows))).toEqual(expected);
});

test('a suspect looks like the class that is predicted', () => {
  // The prediction of the odd one, 0, has a high threshold; that of 2 is low.
  const usual = answersOf([
    [0, 0, 40],
    [1, 1, 40],
    [2, 2, 5],
    [2, 1, 25],
  ]);
  const odd = [0.5, 0.15, 0.35].map((p) => Math.log(p));
  const evaluation = {
    samples: usual.samples + 1,
    classes: 3,
    logits: Float32Array.from([...usual.logits, ...odd]),
    labels: Uint8Array.from([...usual.labels, 1]),
  };
  const last = usual.samples;
  expect(labelSuspects(evaluation)).toContainEqual(
    expect.objectContaining({ index: last, label: 1, likely: 2 }),
  );
  const told = toldSuspects(evaluation);
  const indexes = told.kind === 'told' ? told.suspects.map(({ index }) => index) : [last];
  expect(indexes).not.toContain(last);
  expect(indexes.length).toBe(25);
});
