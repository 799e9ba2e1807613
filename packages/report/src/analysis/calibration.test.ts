import { expect, test } from 'vitest';
import { calibration, expectedCalibrationError, withhold } from './calibration.ts';
import { labelSuspects } from './label-suspects.ts';

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
