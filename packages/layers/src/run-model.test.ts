// Whole models with fused layers, against the references of their layers.
import { assertClose } from '@convbook/core/testing';
import { elementCount, type Shape } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { describe, expect, test } from 'vitest';
import { avgPool2d } from './pool/avg-pool2d.ts';
import { conv2d } from './conv2d/conv2d.ts';
import { dense } from './dense/dense.ts';
import { dropout } from './dropout/dropout.ts';
import { flatten } from './flatten/flatten.ts';
import { maxPool2d } from './pool/max-pool2d.ts';
import { relu } from './activations/relu.ts';
import { resolveModel } from './model/model.ts';
import type { LayerSpec } from './registry.ts';
import { runModel } from './run-model.ts';
import { runReference } from './testing/reference-model.ts';
import { fractions, normals, valuesOf } from './testing/values.ts';

const module = await loadKernelModule('plain');

const exact = { rtol: 0, atol: 0 };
const head = [flatten(), dense({ units: 3 })];
const models: [title: string, input: Shape, layers: LayerSpec[]][] = [
  [
    'conv, relu, pool',
    [2, 7, 6],
    [conv2d({ filters: 5, kernelSize: 2 }), relu(), maxPool2d({ size: 2 }), ...head],
  ],
  [
    'conv, pool, relu',
    [1, 6, 9],
    [conv2d({ filters: 6, kernelSize: [3, 2] }), maxPool2d({ size: 2 }), relu(), ...head],
  ],
  [
    'grouped conv without bias, relu, pool',
    [4, 7, 6],
    [
      conv2d({ filters: 10, kernelSize: 2, groups: 2, bias: false }),
      relu(),
      maxPool2d({ size: 2 }),
      ...head,
    ],
  ],
  [
    'dilated conv, relu, pool that hangs over',
    [2, 9, 10],
    [
      conv2d({ filters: 5, kernelSize: 3, dilation: [2, 1], padding: 1 }),
      relu(),
      maxPool2d({ size: 2, rounding: 'ceil' }),
      ...head,
    ],
  ],
  [
    'padded conv of many channels, relu, pool',
    [9, 8, 9],
    [
      conv2d({ filters: 13, kernelSize: 3, padding: [1, 2] }),
      relu(),
      maxPool2d({ size: 2 }),
      ...head,
    ],
  ],
  [
    'padded, strided conv in groups, relu, overlapping pool',
    [6, 15, 13],
    [
      conv2d({ filters: 8, kernelSize: [3, 2], stride: [2, 1], padding: 1, groups: 2 }),
      relu(),
      maxPool2d({ size: 3, stride: 2, padding: 1 }),
      ...head,
    ],
  ],
  [
    'padded, dilated conv of one channel, pool',
    [1, 12, 11],
    [
      conv2d({ filters: 6, kernelSize: 5, padding: [3, 2], dilation: [2, 1] }),
      maxPool2d({ size: 2 }),
      ...head,
    ],
  ],
  [
    'conv of more weights than values, relu',
    [32, 2, 2],
    [conv2d({ filters: 30, kernelSize: 3, padding: 1 }), relu(), ...head],
  ],
  [
    'strided conv of more weights than values after another',
    [3, 4, 3],
    [
      conv2d({ filters: 16, kernelSize: 2, stride: 2 }),
      relu(),
      conv2d({ filters: 63, kernelSize: [3, 2], stride: 2, padding: 1, dilation: [1, 2] }),
      ...head,
    ],
  ],
  [
    'more weights than values, not winograd, taps that no output has',
    [9, 2, 2],
    [
      conv2d({ filters: 40, kernelSize: 3, stride: 2, padding: 1 }),
      relu(),
      conv2d({ filters: 18, kernelSize: 3, padding: 1, bias: false }),
      ...head,
    ],
  ],
  [
    'conv of one channel and more weights than values',
    [1, 9, 9],
    [conv2d({ filters: 60, kernelSize: 9, padding: 4, stride: 9, bias: false }), ...head],
  ],
  [
    'conv with separated columns, pool',
    [2, 9, 10],
    [conv2d({ filters: 5, kernelSize: 2, dilation: [1, 3] }), maxPool2d({ size: 2 }), ...head],
  ],
  [
    'conv 7×6, relu, pool, conv, average',
    [1, 16, 15],
    [
      conv2d({ filters: 3, kernelSize: [7, 6] }),
      relu(),
      maxPool2d({ size: 2 }),
      conv2d({ filters: 4, kernelSize: 2 }),
      avgPool2d({ size: 2 }),
      ...head,
    ],
  ],
  ['conv, relu', [3, 4, 5], [conv2d({ filters: 2, kernelSize: 3, padding: 1 }), relu(), ...head]],
  [
    'conv, pool',
    [1, 5, 5],
    [conv2d({ filters: 9, kernelSize: 2 }), maxPool2d({ size: 2 }), ...head],
  ],
  ['dense, relu, dense', [11], [dense({ units: 7 }), relu(), dense({ units: 3 })]],
  ['dense, dense', [5], [dense({ units: 6 }), dense({ units: 4 })]],
  ['relu, pool, relu', [3, 6, 5], [relu(), maxPool2d({ size: 2 }), relu(), ...head]],
  ['conv, relu, relu', [1, 4, 4], [conv2d({ filters: 4, kernelSize: 2 }), relu(), relu(), ...head]],
  [
    'conv, relu, pool, pool',
    [1, 9, 9],
    [
      conv2d({ filters: 4, kernelSize: 2 }),
      relu(),
      maxPool2d({ size: 2 }),
      maxPool2d({ size: 2 }),
      ...head,
    ],
  ],
  [
    'overlapping pooling',
    [1, 9, 9],
    [conv2d({ filters: 5, kernelSize: 3 }), relu(), maxPool2d({ size: 3, stride: 2 }), ...head],
  ],
  [
    'padded, overlapping pooling',
    [2, 6, 7],
    [
      conv2d({ filters: 3, kernelSize: 1 }),
      relu(),
      maxPool2d({ size: 3, stride: 2, padding: 1 }),
      ...head,
    ],
  ],
  [
    'pooling that drops rows',
    [1, 8, 8],
    [conv2d({ filters: 5, kernelSize: 2 }), relu(), maxPool2d({ size: 2 }), ...head],
  ],
  [
    'pooling that skips rows',
    [1, 8, 8],
    [conv2d({ filters: 4, kernelSize: 1 }), relu(), maxPool2d({ size: 2, stride: 3 }), ...head],
  ],
  [
    'padded pooling whose windows miss the last row',
    [1, 6, 6],
    [conv2d({ filters: 4, kernelSize: 1 }), relu(), maxPool2d({ size: 3, padding: 1 }), ...head],
  ],
  [
    'conv of 7×6, relu, pool',
    [2, 12, 11],
    [conv2d({ filters: 3, kernelSize: [7, 6] }), relu(), maxPool2d({ size: 2 }), ...head],
  ],
  [
    'padded conv of stride 2×1, pool, relu',
    [3, 9, 12],
    [
      conv2d({ filters: 5, kernelSize: [3, 5], stride: [2, 1], padding: [1, 2] }),
      maxPool2d({ size: [2, 3] }),
      relu(),
      ...head,
    ],
  ],
  [
    'conv, pool of stride 1, padded conv, padded pool',
    [1, 8, 8],
    [
      conv2d({ filters: 4, kernelSize: 2 }),
      relu(),
      maxPool2d({ size: 2, stride: 1 }),
      conv2d({ filters: 6, kernelSize: 3, padding: 1 }),
      relu(),
      maxPool2d({ size: 3, stride: 2, padding: 1 }),
      ...head,
    ],
  ],
  [
    'padded conv, padded conv',
    [1, 6, 5],
    [
      conv2d({ filters: 3, kernelSize: 3, padding: 1 }),
      relu(),
      conv2d({ filters: 5, kernelSize: 3, padding: 1 }),
      relu(),
      ...head,
    ],
  ],
  [
    'conv of stride 2 after conv',
    [2, 7, 7],
    [
      conv2d({ filters: 4, kernelSize: 3, padding: 1 }),
      relu(),
      conv2d({ filters: 6, kernelSize: 3, stride: 2, padding: 1 }),
      ...head,
    ],
  ],
  [
    'conv after pooling',
    [1, 10, 8],
    [
      conv2d({ filters: 6, kernelSize: 3 }),
      relu(),
      maxPool2d({ size: 2 }),
      conv2d({ filters: 5, kernelSize: [3, 2] }),
      relu(),
      ...head,
    ],
  ],
  [
    'pool, conv',
    [2, 8, 6],
    [maxPool2d({ size: 2 }), conv2d({ filters: 4, kernelSize: 2 }), ...head],
  ],
  ['flatten, relu', [1, 2, 3], [flatten(), relu()]],
  ['flatten, flatten, dense', [2, 2, 2], [flatten(), flatten(), dense({ units: 2 })]],
];

const batches = [
  { batchSize: 1, shardSize: 4 },
  { batchSize: 3, shardSize: 32 },
  { batchSize: 7, shardSize: 4 },
  { batchSize: 21, shardSize: 8 },
  { batchSize: 21, shardSize: 12 },
];

// Inputs are quarters and parameters eighths: forward sums are exact in float32, so that ReLU and
// max pooling, ties included, decide alike in both precisions.
function batchOf(input: Shape, layers: LayerSpec[], batchSize: number, shardSize: number) {
  const model = resolveModel({ input, layers });
  return {
    model,
    batchSize,
    shardSize,
    parameters: valuesOf(model, (name, count) => fractions(name, count, 8)),
    x: fractions('x', batchSize * elementCount(input), 4),
  };
}

describe.each(models)('%s', (_, input, layers) => {
  test.each(batches)(
    'batch $batchSize, shards of $shardSize: y, loss, correct and gradients from labels',
    ({ batchSize, shardSize }) => {
      const batch = batchOf(input, layers, batchSize, shardSize);
      const classes = elementCount(batch.model.output);
      const labels = Array.from({ length: batchSize }, (_, n) => (n * 5 + 1) % classes);
      const got = runModel({ ...batch, labels, module });
      const want = runReference({ ...batch, labels });
      assertClose(got.y, want.y, exact, 'y');
      assertClose([got.loss], [want.loss], { rtol: 1e-13, atol: 1e-15 }, 'loss');
      expect(got.correct).toBe(want.correct);
      assertClose(got.dX, want.dX, { rtol: 1e-5, atol: 1e-6 }, 'dX');
      expect([...got.gradients.keys()].sort()).toEqual([...want.gradients.keys()].sort());
      for (const [name, gradient] of got.gradients) {
        assertClose(gradient, want.gradients.get(name) ?? [], { rtol: 1e-5, atol: 1e-6 }, name);
      }
    },
  );

  test.each(batches)(
    'batch $batchSize, shards of $shardSize: dX from dY is exact',
    ({ batchSize, shardSize }) => {
      const batch = batchOf(input, layers, batchSize, shardSize);
      const dY = fractions('dY', batchSize * elementCount(batch.model.output), 2);
      const [got, want] = [runModel({ ...batch, dY, module }), runReference({ ...batch, dY })];
      assertClose(got.dX, want.dX, exact, 'dX');
    },
  );
});

test('the largest pooling window, 129×127: the gradient reaches its last position', () => {
  const model = resolveModel({ input: [1, 129, 127], layers: [maxPool2d({ size: [129, 127] })] });
  const x = Float32Array.from({ length: 129 * 127 }, (_, i) => i);
  const dY = Float32Array.of(1);
  const got = runModel({ module, model, parameters: new Map(), x, dY, batchSize: 1 });
  const want = new Float32Array(x.length);
  want[x.length - 1] = 1;
  expect(got.y).toEqual(Float32Array.of(x.length - 1));
  assertClose(got.dX, want, exact, 'dX');
});

test('an evaluation has no gradients', () => {
  const batch = batchOf([4], [dense({ units: 2 })], 3, 32);
  expect(runModel({ ...batch, module }).gradients.size).toBe(0);
});

describe('a sample has the same bits in any batch', () => {
  const model = resolveModel({
    input: [2, 9, 9],
    layers: [
      conv2d({ filters: 5, kernelSize: 3, padding: 1 }),
      relu(),
      maxPool2d({ size: 2 }),
      conv2d({ filters: 3, kernelSize: 2, stride: 2 }),
      relu(),
      flatten(),
      dense({ units: 9 }),
      relu(),
      dense({ units: 5 }),
    ],
  });
  const parameters = valuesOf(model, normals);
  const [inputs, outputs] = [elementCount(model.input), elementCount(model.output)];
  const [x, dY] = [normals('x', 101 * inputs), normals('dY', 101 * outputs)];
  const run = (first: number, batchSize: number, shardSize: number) => {
    const samples = {
      x: x.subarray(first * inputs, (first + batchSize) * inputs),
      dY: dY.subarray(first * outputs, (first + batchSize) * outputs),
    };
    return runModel({ module, model, parameters, ...samples, batchSize, shardSize });
  };
  const whole = run(0, 101, 101);

  test.each([4, 8, 12, 32, 64])('a batch of 101 in shards of %i', (shardSize) => {
    const got = run(0, 101, shardSize);
    expect(got.y).toEqual(whole.y);
    expect(got.dX).toEqual(whole.dX);
  });

  test.each([
    ...[0, 1, 2, 3, 4, 50, 99, 100].map((first) => ({ first, batchSize: 1 })),
    { first: 3, batchSize: 3 },
    { first: 94, batchSize: 7 },
    { first: 1, batchSize: 100 },
  ])('$batchSize of them, from sample $first', ({ first, batchSize }) => {
    const got = run(first, batchSize, 32);
    const last = first + batchSize;
    expect(got.y).toEqual(whole.y.slice(first * outputs, last * outputs));
    expect(got.dX).toEqual(whole.dX.slice(first * inputs, last * inputs));
  });
});

describe('what runModel leaves out', () => {
  const model = resolveModel({ input: [3], layers: [dense({ units: 2 })] });
  const batch = { module, model, parameters: valuesOf(model, normals), x: normals('x', 6) };

  test('without labels and dY there is only y', () => {
    const got = runModel({ ...batch, batchSize: 2 });
    expect(Float64Array.from(got.y)).not.toEqual(new Float64Array(4));
    expect([got.loss, got.correct, ...got.dX]).toEqual([0, 0, ...new Array<number>(6).fill(0)]);
    expect([...got.kernels]).toEqual(['dense']);
  });

  test('the default is one shard: each sum runs over the whole batch', () => {
    const dY = normals('dY', 4);
    const [whole, one] = [
      runModel({ ...batch, dY, batchSize: 2 }),
      runModel({ ...batch, dY, batchSize: 2, shardSize: 4 }),
    ];
    expect(whole).toEqual(one);
  });
});

test('without labels or dY, dropout is the identity', () => {
  const model = resolveModel({ input: [6], layers: [dropout({ rate: 0.5 })] });
  const x = Float32Array.from({ length: 30 }, (_, i) => i + 1);
  const batch = { module, model, parameters: new Map(), x, batchSize: 5 };
  expect(runModel(batch).y).toEqual(x);
  expect(runModel({ ...batch, dY: x }).y).not.toEqual(x);
});
