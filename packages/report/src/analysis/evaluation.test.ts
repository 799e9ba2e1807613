import { expect, test } from 'vitest';
import * as evaluation from './evaluation.ts';

// Four samples of three classes; the second ties classes 0 and 2, the third is wrong, the fourth overflows exp.
const answers: evaluation.Evaluation = {
  samples: 4,
  classes: 3,
  logits: Float32Array.of(1, 2, 0, 5, 1, 5, 0, 3, 2, 1000, 0, -1000),
  labels: Uint8Array.of(1, 0, 2, 1),
};

test('predictions: the largest logit, the lowest class of equals', () => {
  expect(evaluation.predictions(answers)).toEqual([1, 0, 1, 0]);
});

test('softmax: shifted by the maximum, so that it never overflows', () => {
  expect(evaluation.softmax([1000, 1000])).toEqual([0.5, 0.5]);
  expect(evaluation.softmax([Math.log(1), Math.log(3)])[1]).toBeCloseTo(0.75, 12);
});

test('confusionCounts: rows are labels, columns predictions, and they sum to the samples', () => {
  const counts = evaluation.confusionCounts(answers);
  expect(counts).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 0],
  ]);
  expect(counts.flat().reduce((sum, count) => sum + count)).toBe(answers.samples);
});

test('classScores: precision, recall and F1, null where nothing was predicted', () => {
  expect(evaluation.classScores(evaluation.confusionCounts(answers))).toEqual([
    { support: 1, predicted: 2, correct: 1, precision: 0.5, recall: 1, f1: 2 / 3 },
    { support: 2, predicted: 2, correct: 1, precision: 0.5, recall: 0.5, f1: 0.5 },
    { support: 1, predicted: 0, correct: 0, precision: null, recall: 0, f1: 0 },
  ]);
});

test('worstMistakes: the least probable label first', () => {
  const mistakes = evaluation.worstMistakes(answers);
  expect(mistakes.map(({ index }) => index)).toEqual([3, 2]);
  expect(mistakes[0]).toMatchObject({ label: 1, prediction: 0, labelProbability: 0 });
});
