// The engine against the evaluation, `runModel`: every bit must be the same.
import { elementCount, normal } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveModel, type ModelSpec } from '../model/model.ts';
import { presets } from '../presets/index.ts';
import { kindOf, layerKinds, type LayerSpec } from '../registry.ts';
import { runModel } from '../run-model.ts';
import { createEngine, samplesTogether } from './engine.ts';
import { imageKinds } from './image-kinds.ts';

const module = await loadKernelModule('plain');
/** The build of the published runtime. */
const kernels = await loadKernelModule('predict');

type Parameters = Map<string, Float32Array>;

/** Normal numbers, variances their sizes. */
function parametersOf(spec: ModelSpec): Parameters {
  return new Map(
    resolveModel(spec).parameters.map(({ name, shape }) => {
      const values = normal(1, name, new Float32Array(elementCount(shape)), 0, 0.3);
      return [name, name.endsWith('running_var') ? values.map(Math.abs) : values];
    }),
  );
}

/** The bits of both for a batch. */
function bothOf(spec: ModelSpec, batchSize: number, parameters = parametersOf(spec)) {
  const model = resolveModel(spec);
  const x = normal(2, 'x', new Float32Array(batchSize * elementCount(model.input)), 0, 1);
  const engine = createEngine({ module: kernels, model, parameters });
  const { y } = runModel({ module, model, parameters, x, batchSize, shardSize: 32 });
  return { got: bitsOf(engine.run(x)), want: bitsOf(y), again: bitsOf(engine.run(x)) };
}

function bitsOf(values: Float32Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length);
}

function floatsOf(bits: Int32Array): Float32Array {
  return new Float32Array(bits.buffer, bits.byteOffset, bits.length);
}

function expectSameBits(spec: ModelSpec, batchSize: number, parameters?: Parameters): void {
  const { got, want, again } = bothOf(spec, batchSize, parameters);
  expect(got).toEqual(want);
  expect(again).toEqual(want);
}

const pair = (most: number, least = 1) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }));

/** A convolution of any shape, with what may follow it. */
const convolutions = fc
  .record({
    channels: fc.integer({ min: 1, max: 9 }),
    filters: fc.integer({ min: 1, max: 9 }),
    groups: fc.integer({ min: 1, max: 3 }),
    kernelSize: pair(5),
    stride: pair(3),
    padding: pair(3, 0),
    dilation: pair(2),
    room: pair(7, 0),
    bias: fc.boolean(),
    batch: fc.constantFrom(1, 2, 5),
    before: fc.constantFrom<LayerSpec[]>([], [{ kind: 'relu' }], [{ kind: 'tanh' }]),
    after: fc.constantFrom<LayerSpec[]>(
      [],
      [{ kind: 'relu' }],
      [{ kind: 'relu' }, { kind: 'maxPool2d', size: 2, rounding: 'ceil' }],
      [{ kind: 'maxPool2d', size: 2 }, { kind: 'relu' }],
      [{ kind: 'maxPool2d', size: 2 }],
      [{ kind: 'flatten' }, { kind: 'dense', units: 3 }],
    ),
  })
  .map(({ channels, filters, groups, room, batch, before, after, ...window }) => {
    const { kernelSize, dilation } = window;
    const size = ([0, 1] as const).map((i) => (kernelSize[i] - 1) * dilation[i] + 1 + room[i] + 1);
    const conv: LayerSpec = { kind: 'conv2d', filters: filters * groups, groups, ...window };
    const input = [channels * groups, ...size];
    return { spec: { input, layers: [...before, conv, ...after] }, batch };
  });

test('convolutions of any shape', () => {
  fc.assert(
    fc.property(convolutions, ({ spec, batch }) => {
      fc.pre(fits(spec));
      expectSameBits(spec, batch);
    }),
    { numRuns: 400, seed: 17 },
  );
});

describe('weights for which a product with the zeros around an input is no 0', () => {
  const spec: ModelSpec = {
    input: [2, 6, 7],
    layers: [
      { kind: 'conv2d', filters: 5, kernelSize: 3, padding: 1 },
      { kind: 'relu' },
      { kind: 'maxPool2d', size: 2 },
      { kind: 'conv2d', filters: 3, kernelSize: [3, 2], padding: [2, 1] },
    ],
  };

  test.each([
    ['an infinite weight', 'conv1.weight', Infinity],
    ['a weight that is no number', 'conv2.weight', NaN],
  ])('%s', (_, name, value) => {
    const parameters = parametersOf(spec);
    parameters.get(name)?.fill(value, 4, 5);
    const { got, want } = bothOf(spec, 3, parameters);
    // The bits of NaN are not the same in every engine.
    expect(floatsOf(got)).toEqual(floatsOf(want));
    expect(floatsOf(want).some(Number.isNaN)).toBe(true);
  });

  test('sums of −0', () => {
    const one: ModelSpec = { input: [2, 6, 7], layers: spec.layers.slice(0, 1) };
    const parameters = parametersOf(one);
    parameters.get('conv1.bias')?.fill(-0);
    parameters.get('conv1.weight')?.fill(-1e-45);
    const model = resolveModel(one);
    const x = new Float32Array(elementCount(model.input)).fill(1e-30);
    const { y } = runModel({ module, model, parameters, x, batchSize: 1 });
    expect(y.every((value) => Object.is(value, -0))).toBe(true);
    const engine = createEngine({ module: kernels, model, parameters });
    expect(bitsOf(engine.run(x))).toEqual(bitsOf(y));
  });
});

test('parameters that change later change no output', () => {
  const { input, layers } = presets['two-stage'];
  const parameters = parametersOf({ input, layers });
  const model = resolveModel({ input, layers });
  const engine = createEngine({ module: kernels, model, parameters });
  const x = normal(2, 'x', new Float32Array(784 * (samplesTogether + 1)), 0, 1);
  const one = engine.run(x.subarray(0, 784));
  for (const values of parameters.values()) values.fill(7);
  expect(engine.run(x.subarray(0, 784))).toEqual(one);
  // The plan for many samples is made now.
  expect(engine.run(x).subarray(0, 10)).toEqual(one);
});

/** Whether every window fits its input. */
function fits(spec: ModelSpec): boolean {
  try {
    return resolveModel(spec).layers.length > 0;
  } catch {
    return false;
  }
}

describe('each kind of layer', () => {
  const inputs = [[5, 4, 5], [9, 3, 3], [7]];
  const specs: Record<LayerSpec['kind'], LayerSpec[]> = {
    conv2d: [],
    dense: [{ kind: 'dense', units: 13 }],
    maxPool2d: [
      { kind: 'maxPool2d', size: 2 },
      { kind: 'maxPool2d', size: 3, stride: 1, padding: 1 },
    ],
    minPool2d: [{ kind: 'minPool2d', size: 2, rounding: 'ceil' }],
    avgPool2d: [
      { kind: 'avgPool2d', size: [2, 3], stride: 1, padding: 1 },
      { kind: 'avgPool2d', size: 3, padding: 1, countPadding: false },
    ],
    globalAvgPool2d: [{ kind: 'globalAvgPool2d' }],
    batchNorm: [{ kind: 'batchNorm' }],
    localResponseNorm: [
      { kind: 'localResponseNorm' },
      { kind: 'localResponseNorm', size: 3, alpha: 2 },
    ],
    softmax: [{ kind: 'softmax' }],
    prelu: [{ kind: 'prelu' }],
    relu: [{ kind: 'relu' }],
    sigmoid: [{ kind: 'sigmoid' }],
    tanh: [{ kind: 'tanh' }],
    softplus: [{ kind: 'softplus' }],
    leakyRelu: [{ kind: 'leakyRelu' }],
    elu: [{ kind: 'elu' }],
    gelu: [{ kind: 'gelu' }],
    silu: [{ kind: 'silu' }],
    dropout: [{ kind: 'dropout' }],
    flatten: [{ kind: 'flatten' }],
    residual: [
      { kind: 'residual', layers: [{ kind: 'gelu' }] },
      { kind: 'residual', layers: [{ kind: 'relu' }], shortcut: 'conv' },
    ],
  };
  const cases = Object.entries(specs).flatMap(([kind, list]) =>
    list.flatMap((spec, k) =>
      inputs.flatMap((input) =>
        fits({ input, layers: [spec] }) ? [{ kind, k, input, spec }] : [],
      ),
    ),
  );

  // Alone, after a convolution, after a map made a vector, and before a dense layer.
  test.each(cases)('$kind $k of $input', ({ input, spec }) => {
    const conv: LayerSpec = { kind: 'conv2d', filters: 11, kernelSize: 3, padding: 1 };
    const flat: LayerSpec = { kind: 'flatten' };
    const around: LayerSpec[][] = [[spec], [conv, spec], [flat, spec], [conv, flat, spec, spec]];
    const models = around.flatMap((layers) => {
      return [
        layers,
        [...layers, { kind: 'relu' } as const],
        [...layers, flat, { kind: 'dense', units: 3 } as const],
      ];
    });
    const fitting = models.filter((layers) => fits({ input, layers }));
    expect(fitting.length).toBeGreaterThan(0);
    for (const layers of fitting) {
      expectSameBits({ input, layers }, 1);
      expectSameBits({ input, layers }, samplesTogether + 1);
    }
  });

  test('fuses what its evaluation does', () => {
    const kinds = Object.keys(layerKinds);
    expect(Object.keys(imageKinds).toSorted()).toEqual(kinds.toSorted());
    const evaluated = Object.entries(imageKinds).map(([kind]) => [
      kind,
      kindOf({ kind }).plan?.fuses,
    ]);
    expect(Object.entries(imageKinds).map(([kind, plan]) => [kind, plan?.fuses])).toEqual(
      evaluated,
    );
  });
});

describe.each(Object.keys(presets).filter((name) => name !== 'alexnet'))(
  'the preset %s',
  (name) => {
    const { input, layers } = presets[name];
    const batches = [1, samplesTogether + 2];
    test.each(batches)('%i samples', (batch) => {
      expectSameBits({ input, layers }, batch);
    });
  },
);
