import { expect, test } from 'vitest';
import { scoresOf } from './scores.ts';

/** Logits whose largest are the predictions. */
function evaluationOf(labels: number[], predicted: number[], classes: number) {
  const logits = predicted.flatMap((prediction) =>
    Array.from({ length: classes }, (_, k) => (k === prediction ? 2 : -k)),
  );
  return {
    samples: labels.length,
    classes,
    logits: Float32Array.from(logits),
    labels: Uint8Array.from(labels),
  };
}

const equal = Uint8Array.of(0, 1, 2);

test('unequal classes in the test set, worked out by hand', () => {
  // Recall 3/4, 1/2 and 1; F1 6/7, 2/4 and 2/3.
  const evaluation = evaluationOf([0, 0, 0, 0, 1, 1, 2], [0, 0, 0, 1, 1, 2, 2], 3);
  expect(scoresOf(evaluation, equal)).toEqual({
    balancedAccuracy: (0.75 + 0.5 + 1) / 3,
    macroF1: (6 / 7 + 2 / 4 + 2 / 3) / 3,
  });
});

test('classes are unequal above one and a half times, in training or in the test', () => {
  const evaluation = evaluationOf([0, 1, 2], [0, 1, 0], 3);
  expect(scoresOf(evaluation, Uint8Array.of(0, 0, 0, 1, 1, 2, 2))).toEqual({});
  expect(scoresOf(evaluation, Uint8Array.of(0, 0, 1, 2))).toEqual({
    balancedAccuracy: 2 / 3,
    macroF1: (2 / 3 + 1 + 0) / 3,
  });
});

test('a class that is neither label nor prediction does not count', () => {
  const evaluation = evaluationOf([0, 0, 1], [0, 2, 1], 4);
  expect(scoresOf(evaluation, equal)).toEqual({
    balancedAccuracy: (1 / 2 + 1) / 2,
    macroF1: (2 / 3 + 1 + 0) / 3,
  });
});

test('top 5 of more than ten classes; of equal logits the lowest class first', () => {
  const labels = Array.from({ length: 11 }, (_, k) => k);
  const falling = labels.map(() => labels.map((k) => -k)).flat();
  const evaluation = { samples: 11, classes: 11, labels: Uint8Array.from(labels) };
  const logits = Float32Array.from(falling);
  const train = Uint8Array.from(labels);
  expect(scoresOf({ ...evaluation, logits }, train)).toEqual({ top5Accuracy: 5 / 11 });
  const same = new Float32Array(121);
  expect(scoresOf({ ...evaluation, logits: same }, train)).toEqual({ top5Accuracy: 5 / 11 });
  const few = { ...evaluationOf([0, 1], [0, 1], 2), labels: Uint8Array.of(0, 1) };
  expect(scoresOf(few, Uint8Array.of(0, 1))).toEqual({});
});
