import { describe, expect, test } from 'vitest';
import { assertClose } from '../assert-close.ts';
import { softmaxCrossEntropyReference } from './softmax-cross-entropy.ts';

const ln = { 2: 0.6931471805599453, 3: 1.0986122886681098, 4: 1.3862943611198906 };

describe('softmax cross-entropy by hand', () => {
  test.each([
    {
      title: 'equal logits, the label lowest',
      shape: [1, 2],
      x: [5, 5],
      labels: [0],
      loss: ln[2],
      correct: 1,
      dX: [-0.5, 0.5],
    },
    {
      title: 'equal logits, the label not lowest: a tie is answered by the lowest class',
      shape: [1, 3],
      x: [0, 0, 0],
      labels: [2],
      loss: ln[3],
      correct: 0,
      dX: [1 / 3, 1 / 3, -2 / 3],
    },
    {
      title: 'probabilities 1/4 and 3/4, two samples: a sum, not a mean',
      shape: [2, 2],
      x: [0, ln[3], 0, ln[3]],
      labels: [0, 1],
      loss: ln[4] + (ln[4] - ln[3]),
      correct: 1,
      dX: [-0.75, 0.75, 0.25, -0.25],
    },
    {
      title: 'logits of ±1000, the wrong label',
      shape: [1, 2],
      x: [1000, -1000],
      labels: [1],
      loss: 2000,
      correct: 0,
      dX: [1, -1],
    },
    {
      title: 'one class',
      shape: [1, 1],
      x: [-7],
      labels: [0],
      loss: 0,
      correct: 1,
      dX: [0],
    },
  ])('$title', ({ shape, x, labels, ...want }) => {
    const got = softmaxCrossEntropyReference({ shape, data: Float64Array.from(x) }, labels);
    assertClose([got.loss], [want.loss], { rtol: 1e-15, atol: 1e-15 }, 'loss');
    expect(got.correct).toBe(want.correct);
    assertClose(got.dX, want.dX, { rtol: 1e-15, atol: 1e-15 }, 'dX');
  });
});
