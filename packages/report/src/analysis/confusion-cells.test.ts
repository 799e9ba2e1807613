import { syntheticEvaluation } from '@convbook/run/testing';
import { expect, test } from 'vitest';
import { confusedPairs, confusionCells, scoresOfCells } from './confusion-cells.ts';
import { classScores, confusionCounts } from './evaluation.ts';

const evaluation = syntheticEvaluation(400, 12, 4);
const cells = confusionCells(evaluation);

test('the cells are those of the matrix that are not zero, in its order', () => {
  const expected = confusionCounts(evaluation).flatMap((row, label) =>
    row.flatMap((count, prediction) => (count === 0 ? [] : [{ label, prediction, count }])),
  );
  expect(cells).toEqual(expected);
  expect(cells.length).toBeGreaterThan(30);
});

test('the scores are those of the matrix', () => {
  expect(scoresOfCells(cells, 12)).toEqual(classScores(confusionCounts(evaluation)));
});

test('confused pairs: the most frequent first, equal ones in the order of the matrix', () => {
  const pairs = confusedPairs([
    { label: 0, prediction: 0, count: 9 },
    { label: 0, prediction: 2, count: 1 },
    { label: 1, prediction: 0, count: 3 },
    { label: 2, prediction: 1, count: 1 },
  ]);
  expect(pairs.map(({ label, prediction }) => [label, prediction])).toEqual([
    [1, 0],
    [0, 2],
    [2, 1],
  ]);
});

test('five thousand classes have no matrix of 25 million numbers', () => {
  const classes = 5000;
  const logits = new Float32Array(2 * classes);
  logits[4999] = 1;
  logits[classes + 7] = 1;
  const found = confusionCells({ samples: 2, classes, logits, labels: Uint8Array.of(3, 7) });
  expect(found).toEqual([
    { label: 3, prediction: 4999, count: 1 },
    { label: 7, prediction: 7, count: 1 },
  ]);
  expect(scoresOfCells(found, classes)[7].f1).toBe(1);
});
