import { describe, expect, test } from 'vitest';
import { assertClose } from '../assert-close.ts';
import { normal } from '../random.ts';
import {
  elementLossNames,
  elementLossReference,
  oneHot,
  softCrossEntropyReference,
} from './losses.ts';
import { softmaxCrossEntropyReference } from './softmax-cross-entropy.ts';

const row = (...data: number[]) => ({ shape: [1, data.length], data: Float64Array.from(data) });

describe('losses by hand', () => {
  test('mean-squared: (1 + 9) / 2', () => {
    const { loss, dX } = elementLossReference('mean-squared', row(2, -1), row(1, 2));
    expect([loss, ...dX]).toEqual([5, 1, -3]);
  });

  test('mean-absolute: (1 + 3 + 0) / 3; its gradient at equality is 0', () => {
    const { loss, dX } = elementLossReference('mean-absolute', row(2, -1, 5), row(1, 2, 5));
    expect([loss * 3, ...dX.map((value) => value * 3)]).toEqual([4, 1, -1, 0]);
  });

  test('huber, delta 2: (½ + 2 · (3 − 1)) / 2', () => {
    const { loss, dX } = elementLossReference('huber', row(2, -1), row(1, 2), 2);
    expect([loss, ...dX]).toEqual([2.25, 0.5, -1]);
  });

  test('binary cross-entropy at 0 is log 2, and ½ from either target', () => {
    const { loss, dX } = elementLossReference('binary-cross-entropy', row(0, 0), row(1, 0));
    assertClose([loss], [Math.LN2], { rtol: 1e-15, atol: 0 }, 'loss');
    expect([...dX]).toEqual([-0.25, 0.25]);
  });

  test('cross-entropy of one-hot targets is that of labels', () => {
    const x = { shape: [3, 4], data: normal(1, 'x', new Float64Array(12), 0, 2) };
    const got = softCrossEntropyReference(x, oneHot([3, 0, 1], 4));
    const want = softmaxCrossEntropyReference(x, [3, 0, 1]);
    assertClose(
      [got.loss, ...got.dX],
      [want.loss, ...want.dX],
      { rtol: 1e-14, atol: 1e-14 },
      'both',
    );
    expect(got.correct).toBe(want.correct);
  });

  test('smoothing ½ of two classes: the targets are ¾ and ¼', () => {
    const { loss, dX } = softCrossEntropyReference(row(0, 0), oneHot([0], 2), 0.5);
    assertClose([loss], [Math.LN2], { rtol: 1e-15, atol: 0 }, 'loss');
    expect([...dX]).toEqual([-0.25, 0.25]);
  });
});

// Far from the kinks of |x − t| and of Huber.
const x = { shape: [2, 3], data: Float64Array.of(1.3, -0.6, 2.9, 0.2, -2.1, 0.4) };
const targets = { shape: [2, 3], data: Float64Array.of(0.3, 0.1, 0.6, 0.9, 0, 0.7) };

describe('gradients against central differences', () => {
  const rows = [
    ...[0, 0.2].map((smoothing) => ({
      title: `cross-entropy, smoothing ${smoothing}`,
      loss: () => softCrossEntropyReference(x, targets, smoothing),
    })),
    ...elementLossNames.map((name) => ({
      title: name,
      loss: () => elementLossReference(name, x, targets, 0.5),
    })),
  ];
  test.each(rows)('$title', ({ loss }) => {
    const { dX } = loss();
    const differences = x.data.map((kept, i) => {
      const [above, below] = [1e-4, -1e-4].map((distance) => {
        x.data[i] = kept + distance;
        return loss().loss;
      });
      x.data[i] = kept;
      return (above - below) / 2e-4;
    });
    assertClose(dX, differences, { rtol: 1e-6, atol: 1e-8 }, 'dX');
  });
});
