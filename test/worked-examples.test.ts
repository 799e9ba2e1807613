// The numbers of the texts, recomputed (worked-examples.json), through the packages.
import { readFileSync } from 'node:fs';
import {
  avgPool2dForward,
  conv2dForward,
  maxPool2dForward,
  minPool2dForward,
} from '@convbook/core/reference';
import { elementCount, im2col, outputSize } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import {
  avgPool2d,
  conv2d,
  maxPool2d,
  minPool2d,
  presets,
  relu,
  resolveModel,
  simpleConvnet,
  summarize,
} from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { describe, expect, it } from 'vitest';

interface Filter {
  weights: number[][];
  featureMap: number[][];
  pooledAfterBiasAndRelu: number[][];
}

interface WorkedExamples {
  outputSize: (Record<'input' | 'pad' | 'filter' | 'stride' | 'value', number> & {
    exact: boolean;
  })[];
  pooling: Record<'input' | 'max' | 'average' | 'min', number[][]> & {
    window: number;
    stride: number;
  };
  digitTwo: { input: number[][]; bias: number; filters: Record<string, Filter> };
  im2col: {
    input: number[];
    filter: [number, number];
    stride: number;
    pad: number;
    columns: number[];
  }[];
  models: Record<
    string,
    { outputs?: number[][]; params?: number; paramsWithoutBias?: number; classes: number }
  >;
}

const text = readFileSync(new URL('worked-examples.json', import.meta.url), 'utf8');
const examples = JSON.parse(text) as WorkedExamples;
const module = await loadKernelModule('plain');

const image = (rows: number[][]) => ({
  shape: [1, 1, rows.length, rows[0].length],
  data: Float64Array.from(rows.flat()),
});
const once = { stride: [1, 1], padding: [0, 0] } as const;

describe('output size: floor of the formula', () => {
  it.each(examples.outputSize)(
    'input $input, filter $filter, stride $stride, padding $pad: $value',
    ({ input, filter, stride, pad, value }) => {
      expect(outputSize(input, filter, stride, pad)).toBe(Math.floor(value));
    },
  );

  it.each(examples.outputSize)(
    'rounding exact takes input $input, filter $filter, stride $stride, padding $pad: $exact',
    ({ input, filter, stride, pad, exact, value }) => {
      const layer = conv2d({
        filters: 1,
        kernelSize: filter,
        stride,
        padding: pad,
        rounding: 'exact',
      });
      const build = () => resolveModel({ input: [1, input, input], layers: [layer] });
      if (exact) expect(build().output).toEqual([1, value, value]);
      else expect(build).toThrow(`(${input} + 2·${pad} − ${filter}) / ${stride} + 1`);
    },
  );
});

describe.each([
  ['max', maxPool2d, maxPool2dForward],
  ['average', avgPool2d, avgPool2dForward],
  ['min', minPool2d, minPool2dForward],
] as const)('%s pooling', (kind, layer, forward) => {
  const { input, window, stride, [kind]: pooled } = examples.pooling;

  it('by the reference', () => {
    const settings = { stride: [stride, stride], padding: [0, 0] } as const;
    const result = forward(image(input), [window, window], settings);
    const y = 'y' in result ? result.y : result;
    expect([...y.data]).toEqual(pooled.flat());
  });

  it('by the kernels', () => {
    const model = resolveModel({ input: [1, 6, 6], layers: [layer({ size: window, stride })] });
    const x = Float32Array.from(input.flat());
    const { y } = runModel({ module, model, parameters: new Map(), x, batchSize: 1 });
    expect([...y]).toEqual(pooled.flat());
  });
});

describe('which feature is in a "2"?', () => {
  const { input, bias, filters } = examples.digitTwo;
  const model = resolveModel({
    input: [1, 6, 6],
    layers: [conv2d({ filters: 1, kernelSize: 3 }), relu(), maxPool2d({ size: 2 })],
  });
  const pooled = (weights: number[][]) => {
    const parameters = new Map([
      ['conv1.weight', Float32Array.from(weights.flat())],
      ['conv1.bias', Float32Array.of(bias)],
    ]);
    const x = Float32Array.from(input.flat());
    return [...runModel({ module, model, parameters, x, batchSize: 1 }).y];
  };

  it.each(Object.entries(filters))('the %s filter', (_, filter) => {
    const map = conv2dForward(image(input), image(filter.weights), Float64Array.of(0), once);
    expect([...map.data]).toEqual(filter.featureMap.flat());
    expect(pooled(filter.weights)).toEqual(filter.pooledAfterBiasAndRelu.flat());
  });

  it('the diagonal one answers strongest', () => {
    const answers = Object.entries(filters).map(([name, { weights }]) => ({
      name,
      sum: pooled(weights).reduce((sum, value) => sum + value, 0),
    }));
    expect(answers.sort((a, b) => b.sum - a.sum)[0].name).toBe('diagonal');
  });
});

describe('im2col', () => {
  it.each(examples.im2col)(
    'of $input with $filter is $columns',
    ({ input, filter, stride, pad, columns }) => {
      const images = { shape: input, data: new Float32Array(elementCount(input)) };
      const settings = { stride: [stride, stride], padding: [pad, pad] } as const;
      expect(im2col(images, filter, settings).shape).toEqual(columns);
    },
  );
});

describe('models', () => {
  const known = Object.keys(presets).filter((name) => name in examples.models);

  it('simple-convnet is among the presets, and is the simpleConvnet the package exports', () => {
    expect(known).toContain('simple-convnet');
    expect(presets['simple-convnet']).toBe(simpleConvnet);
  });

  it.each(known)('%s has the shapes and parameters of the text', (name) => {
    const { outputs, params, paramsWithoutBias, classes } = examples.models[name];
    const summary = summarize(presets[name]);
    const shapes = summary.layers.map(({ outputShape }) => outputShape);
    if (outputs) expect(shapes).toEqual(outputs);
    if (params) expect(summary.parameters).toBe(params);
    if (paramsWithoutBias) expect(summary.parametersWithoutBias).toBe(paramsWithoutBias);
    expect(shapes.at(-1)).toEqual([classes]);
  });

  it('simple-convnet: 780 + 432,100 + 1,010 = 433,890 parameters', () => {
    const { layers, parameters } = summarize(simpleConvnet);
    const own = layers.map((layer) => layer.parameters).filter((count) => count > 0);
    expect(own).toEqual([780, 432_100, 1010]);
    expect(parameters).toBe(433_890);
    const elements = resolveModel(simpleConvnet).parameters.map(({ shape }) => elementCount(shape));
    expect(elements.reduce((sum, count) => sum + count, 0)).toBe(433_890);
  });
});
