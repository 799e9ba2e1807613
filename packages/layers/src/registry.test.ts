// Every layer has a row here: gradients by finite differences, kernels against the reference, and
// what it refuses.
import { assertClose } from '@convbook/core/testing';
import { ConfigurationError, elementCount, normal, type Shape, type Tensor } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { describe, expect, test } from 'vitest';
import { resolveModel } from './model/model.ts';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  elu,
  flatten,
  gelu,
  globalAvgPool2d,
  layerKinds,
  leakyRelu,
  localResponseNorm,
  maxPool2d,
  minPool2d,
  prelu,
  relu,
  residual,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
  type LayerSpec,
} from './registry.ts';
import { referenceOf } from './reference-registry.ts';
import { runModel } from './run-model.ts';
import { assertGradient } from './testing/finite-differences.ts';
import { runReference } from './testing/reference-model.ts';
import { normals, separated, valuesOf } from './testing/values.ts';

interface Case {
  readonly spec: LayerSpec;
  readonly input: Shape;
  /** Smallest batch it trains on; default 1. */
  readonly leastBatch?: number;
}

interface Row {
  readonly cases: readonly Case[];
  /** A case the layer refuses, with the whole message; null where it takes any input. */
  readonly refusal: (Case & { readonly message: string }) | null;
}

/** Keeps rows and columns where the stride is 1. Before batchNorm the gradient of a bias would be 0. */
function conv(filters: number, stride = 1) {
  return conv2d({ filters, kernelSize: 3, padding: 1, stride, bias: false });
}

function elementwise(...specs: LayerSpec[]): Row {
  const cases = specs.flatMap((spec) => [[2, 3, 5], [7]].map((input) => ({ input, spec })));
  return { cases, refusal: null };
}

const rows: Record<LayerSpec['kind'], Row> = {
  conv2d: {
    cases: [
      { input: [1, 5, 7], spec: conv2d({ filters: 1, kernelSize: 1 }) },
      { input: [1, 9, 6], spec: conv2d({ filters: 4, kernelSize: 5 }) },
      { input: [3, 7, 6], spec: conv2d({ filters: 5, kernelSize: 3, stride: 2, padding: 1 }) },
      {
        input: [2, 5, 9],
        spec: conv2d({ filters: 6, kernelSize: [2, 3], stride: [1, 2], padding: [0, 1] }),
      },
      { input: [6, 3, 3], spec: conv2d({ filters: 2, kernelSize: 3 }) },
      { input: [5, 4, 5], spec: conv2d({ filters: 7, kernelSize: 1, stride: 2 }) },
      { input: [2, 4, 4], spec: conv2d({ filters: 3, kernelSize: 1, padding: 2 }) },
      { input: [2, 8, 7], spec: conv2d({ filters: 3, kernelSize: 2, stride: 3 }) },
      { input: [1, 2, 3], spec: conv2d({ filters: 1, kernelSize: 2, stride: 2, padding: 3 }) },
      { input: [2, 9, 8], spec: conv2d({ filters: 5, kernelSize: 3, dilation: 2, padding: 1 }) },
      {
        input: [3, 11, 9],
        spec: conv2d({ filters: 4, kernelSize: [3, 2], stride: [2, 1], dilation: [1, 3] }),
      },
      { input: [4, 6, 5], spec: conv2d({ filters: 6, kernelSize: 3, groups: 2, padding: 1 }) },
      { input: [5, 6, 5], spec: conv2d({ filters: 5, kernelSize: 3, groups: 5, bias: false }) },
      { input: [2, 5, 5], spec: conv2d({ filters: 8, kernelSize: 2, groups: 2, stride: 2 }) },
    ],
    refusal: {
      input: [1, 4, 6],
      spec: conv2d({ filters: 2, kernelSize: [7, 3], padding: 1 }),
      message:
        'conv1: the window 7×3 does not fit its input, got 4×6 with padding 1×1; ' +
        'take a smaller window or more padding',
    },
  },
  maxPool2d: {
    cases: [
      { input: [1, 4, 6], spec: maxPool2d({ size: 2 }) },
      { input: [3, 7, 5], spec: maxPool2d({ size: 2 }) },
      { input: [2, 7, 9], spec: maxPool2d({ size: 3, stride: 2 }) },
      { input: [5, 5, 5], spec: maxPool2d({ size: 3, stride: 2, padding: 1 }) },
      { input: [1, 6, 6], spec: maxPool2d({ size: [2, 3], stride: [3, 1] }) },
      { input: [2, 6, 6], spec: maxPool2d({ size: 3, padding: 1 }) },
      { input: [1, 3, 1], spec: maxPool2d({ size: 1 }) },
      { input: [2, 3, 4], spec: maxPool2d({ size: [3, 4] }) },
      { input: [2, 7, 8], spec: maxPool2d({ size: 3, stride: 2, rounding: 'ceil' }) },
    ],
    refusal: {
      input: [1, 4, 4],
      spec: maxPool2d({ size: [4, 3], padding: 2 }),
      message: 'pool1.padding: expected at most half the window 4×3, got 2×2',
    },
  },
  minPool2d: {
    cases: [
      { input: [1, 4, 6], spec: minPool2d({ size: 2 }) },
      { input: [5, 5, 5], spec: minPool2d({ size: 3, stride: 2, padding: 1 }) },
      { input: [2, 6, 7], spec: minPool2d({ size: 2, stride: 2, rounding: 'ceil' }) },
    ],
    refusal: {
      input: [1, 7, 6],
      spec: minPool2d({ size: 3, stride: 3, rounding: 'exact' }),
      message:
        'pool1, rows: (7 + 2·0 − 3) / 3 + 1 is expected to be whole, got 2.333333333333333; ' +
        "padding 1, stride 1 or 2 or 4 divides, or take rounding 'floor'",
    },
  },
  avgPool2d: {
    cases: [
      { input: [1, 4, 6], spec: avgPool2d({ size: 2 }) },
      { input: [3, 7, 5], spec: avgPool2d({ size: 3, stride: 2, padding: 1 }) },
      { input: [2, 6, 6], spec: avgPool2d({ size: 3, padding: 1, countPadding: false }) },
      { input: [2, 7, 8], spec: avgPool2d({ size: [2, 3], stride: [3, 1] }) },
      { input: [2, 7, 6], spec: avgPool2d({ size: 3, stride: 2, padding: 1, rounding: 'ceil' }) },
    ],
    refusal: {
      input: [12],
      spec: avgPool2d({ size: 2 }),
      message:
        'pool1: expected input [channels, height, width], got 12; put avgPool2d before flatten()',
    },
  },
  globalAvgPool2d: {
    cases: [
      { input: [3, 4, 5], spec: globalAvgPool2d() },
      { input: [1, 1, 1], spec: globalAvgPool2d() },
    ],
    refusal: {
      input: [12],
      spec: globalAvgPool2d(),
      message:
        'pool1: expected input [channels, height, width], got 12; ' +
        'put globalAvgPool2d before flatten()',
    },
  },
  localResponseNorm: {
    cases: [
      { input: [7, 3, 2], spec: localResponseNorm({ alpha: 0.5 }) },
      { input: [4, 2, 3], spec: localResponseNorm({ size: 3, alpha: 0.2, beta: 0.5, k: 1 }) },
      { input: [1, 2, 2], spec: localResponseNorm({ size: 1, divideAlpha: false }) },
    ],
    refusal: {
      input: [4, 2, 3],
      spec: localResponseNorm({ size: 4 }),
      message: 'norm1.size: expected an odd number, got 4',
    },
  },
  batchNorm: {
    cases: [
      { input: [3, 2, 3], spec: batchNorm() },
      { input: [1, 4, 1], spec: batchNorm({ epsilon: 0.5, momentum: 1 }) },
      { input: [7], spec: batchNorm({ momentum: 0.3 }), leastBatch: 2 },
      { input: [5, 2, 2], spec: batchNorm({ frozen: true }) },
      { input: [3], spec: batchNorm({ frozen: true }) },
    ],
    refusal: {
      input: [3, 4],
      spec: batchNorm(),
      message: 'bn1: expected input [channels, height, width] or [features], got 3×4',
    },
  },
  dropout: {
    cases: [
      { input: [3, 2, 3], spec: dropout() },
      { input: [7], spec: dropout({ rate: 0.2 }) },
      { input: [5], spec: dropout({ rate: 0 }) },
    ],
    refusal: {
      input: [5],
      spec: dropout({ rate: 1 }),
      message: 'dropout1.rate: expected a number from 0 to below 1, got 1',
    },
  },
  relu: {
    cases: [
      { input: [1], spec: relu() },
      { input: [2, 3, 5], spec: relu() },
    ],
    refusal: null,
  },
  sigmoid: elementwise(sigmoid()),
  tanh: elementwise(tanh()),
  softplus: elementwise(softplus()),
  leakyRelu: {
    ...elementwise(leakyRelu(), leakyRelu({ slope: 0.2 })),
    refusal: {
      input: [3],
      spec: leakyRelu({ slope: -1 }),
      message: 'leakyRelu1.slope: expected a number of at least 0, got -1',
    },
  },
  elu: {
    ...elementwise(elu(), elu({ alpha: 0.5 })),
    refusal: {
      input: [3],
      spec: elu({ alpha: Number.NaN }),
      message: 'elu1.alpha: expected a number of at least 0, got NaN',
    },
  },
  gelu: elementwise(gelu()),
  silu: elementwise(silu()),
  prelu: {
    ...elementwise(prelu(), prelu({ initialSlope: -0.5 })),
    refusal: {
      input: [3],
      spec: prelu({ initialSlope: Number.NaN }),
      message: 'prelu1.initialSlope: expected a finite number, got NaN',
    },
  },
  softmax: elementwise(softmax()),
  flatten: {
    cases: [
      { input: [2, 3, 4], spec: flatten() },
      { input: [5], spec: flatten() },
    ],
    refusal: null,
  },
  dense: {
    cases: [
      { input: [1], spec: dense({ units: 1 }) },
      { input: [3], spec: dense({ units: 2 }) },
      { input: [7], spec: dense({ units: 5 }) },
      { input: [4], spec: dense({ units: 4 }) },
      { input: [33], spec: dense({ units: 17 }) },
      { input: [70], spec: dense({ units: 1 }) },
    ],
    refusal: {
      input: [2, 5, 5],
      spec: dense({ units: 2 }),
      message: 'dense1: expected input [inputs], got 2×5×5; put flatten() before dense()',
    },
  },
  residual: {
    cases: [
      { input: [3, 5, 4], spec: residual({ layers: [conv(3)] }) },
      { input: [3, 5, 4], spec: residual({ layers: [conv(3), relu()] }) },
      { input: [2, 5, 4], spec: residual({ layers: [tanh(), conv(3)] }) },
      {
        input: [2, 5, 7],
        spec: residual({ layers: [conv(3, 2), batchNorm(), sigmoid(), conv(3), batchNorm()] }),
      },
      {
        input: [3, 4, 4],
        spec: residual({ shortcut: 'conv', layers: [conv(4), batchNorm(), relu(), conv(3)] }),
      },
      {
        input: [2, 7, 8],
        spec: residual({
          layers: [maxPool2d({ size: 2, stride: [2, 3], rounding: 'ceil' }), tanh()],
        }),
      },
      { input: [2, 4, 3], spec: residual({ layers: [conv(2), relu(), maxPool2d({ size: 1 })] }) },
      {
        input: [6],
        spec: residual({ layers: [dense({ units: 4 }), tanh(), dense({ units: 6 })] }),
      },
      { input: [4], spec: residual({ layers: [flatten(), dropout(), dense({ units: 4 })] }) },
    ],
    refusal: {
      input: [2, 8, 8],
      spec: residual({ layers: [conv2d({ filters: 2, kernelSize: 3 })] }),
      message:
        'residual1: expected layers that give the rows and columns of a 1×1 convolution with ' +
        'a stride, got 2×6×6 from 2×8×8; give the layers padding, or a stride',
    },
  },
};

test('every layer kind has a row', () => {
  expect(Object.keys(rows).sort()).toEqual(Object.keys(layerKinds).sort());
  for (const [kind, { cases }] of Object.entries(rows)) {
    expect(cases.map(({ spec }) => spec.kind)).toEqual(cases.map(() => kind));
    expect(cases.length).toBeGreaterThan(0);
  }
});

const cases = Object.values(rows)
  .flatMap((row) => row.cases)
  .map((row) => [`${JSON.stringify(row.spec)} on [${row.input.join(', ')}]`, row] as const);

describe('the reference against central differences', () => {
  test.each(cases)('%s', (_, { input, spec }) => {
    const [layer] = resolveModel({ input, layers: [spec] }).layers;
    const { forward, backward } = referenceOf(spec);
    const x = separated(1, [2, ...input]);
    const parameters = Object.fromEntries(
      layer.parameters.map(({ shortName, shape, isBuffer = false }) => [
        shortName,
        isBuffer ? positive(separated(2, shape)) : separated(2, shape),
      ]),
    );
    const draws = { seed: 3, epoch: 2, indexes: [5, 900] };
    const y = forward(x, parameters, layer, draws);
    expect(y.shape).toEqual([2, ...layer.outputShape]);
    const projection = normal(4, 'projection', new Float64Array(elementCount(y.shape)));
    const dY: Tensor = { shape: y.shape, data: projection };
    const value = () => {
      const { data } = forward(x, parameters, layer, draws);
      return projection.reduce((sum, weight, i) => sum + weight * data[i], 0);
    };
    const { dX, parameters: gradients } = backward(x, y, dY, parameters, layer, draws);
    assertGradient(dX, value, x.data, 'dX');
    const trained = layer.parameters.filter(({ isBuffer = false }) => !isBuffer);
    expect(Object.keys(gradients)).toEqual(trained.map(({ shortName }) => shortName));
    for (const { shortName: name } of trained) {
      assertGradient(gradients[name], value, parameters[name].data, name);
    }
  });
});

// Among the buffers are variances.
function positive({ shape, data }: Tensor<Float64Array>): Tensor<Float64Array> {
  return { shape, data: data.map((value) => 1.5 + value) };
}

const module = await loadKernelModule('plain');

const batches = [
  { batchSize: 1, shardSize: 4 },
  { batchSize: 3, shardSize: 4 },
  { batchSize: 7, shardSize: 4 },
  { batchSize: 7, shardSize: 8 },
  { batchSize: 11, shardSize: 12 },
  { batchSize: 101, shardSize: 12 },
  { batchSize: 101, shardSize: 101 },
];

describe.each(cases)('kernels against the reference: %s', (_, { input, spec, leastBatch = 1 }) => {
  const own = batches.filter(({ batchSize }) => batchSize >= leastBatch);
  test.each(own)('batch $batchSize, shards of $shardSize', ({ batchSize, shardSize }) => {
    const model = resolveModel({ input, layers: [spec] });
    const x = normals('x', batchSize * elementCount(input));
    const dY = normals('dY', batchSize * elementCount(model.output));
    const parameters = valuesOf(model, normals);
    for (const { name, shape, isBuffer } of model.parameters) {
      const variances = normals(name, elementCount(shape)).map((value) => 0.5 + value * value);
      if (isBuffer) parameters.set(name, variances);
    }
    const batch = { model, parameters, x, dY, batchSize, shardSize };
    const got = runModel({ ...batch, module });
    const want = runReference(batch);
    const check = (
      values: ArrayLike<number>,
      wanted: ArrayLike<number>,
      what: string,
      usual = 0,
    ) => {
      const largest = Array.from(wanted).reduce(
        (most, value) => Math.max(most, Math.abs(value)),
        usual,
      );
      assertClose(values, wanted, { rtol: 1e-6, atol: 2e-6 * largest }, what);
    };
    check(got.y, want.y, 'y');
    check(got.dX, want.dX, 'dX');
    expect([...got.gradients.keys()].sort()).toEqual([...want.gradients.keys()].sort());
    // A sum over the batch is usually this large; where there is only one, it may be near zero by chance.
    const usual = Math.sqrt(batchSize);
    for (const [name, gradient] of got.gradients) {
      check(gradient, want.gradients.get(name) ?? [], name, usual);
    }
    expect([...got.buffers.keys()]).toEqual([...want.buffers.keys()]);
    for (const [name, values] of got.buffers) check(values, want.buffers.get(name) ?? [], name);
    const { dY: _, ...forward } = batch;
    check(runModel({ ...forward, module }).y, runReference(forward).y, 'y in evaluation');
  });
});

describe('what a layer refuses', () => {
  const refusals = Object.values(rows).flatMap(({ refusal }) =>
    refusal ? [[refusal.message, refusal] as const] : [],
  );
  test.each(refusals)('%s', (message, { input, spec }) => {
    expect(() => resolveModel({ input, layers: [spec] })).toThrow(new ConfigurationError(message));
  });
});
