// The engine against `runModel`: every bit of the input's gradient must be the same.
import { elementCount, normal } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { expect, test } from 'vitest';
import { createGradientEngine } from './gradient-engine.ts';
import { resolveModel, type ModelSpec } from './model/model.ts';
import { presets } from './presets/index.ts';
import { layerKinds, type LayerSpec } from './registry.ts';
import { runModel } from './run-model.ts';

const module = await loadKernelModule('plain');

/** Presets that together take every way through convolutions, with blocks and large weights among them. */
const chosen = ['simple-convnet', 'batched-cnn', 'keras-figure', 'mnist-best', 'resnet-mini'];

const everyKind: ModelSpec = {
  input: [2, 13, 12],
  layers: [
    { kind: 'conv2d', filters: 4, kernelSize: 3, padding: 1 },
    { kind: 'batchNorm', frozen: true },
    { kind: 'prelu' },
    { kind: 'maxPool2d', size: 2 },
    {
      kind: 'residual',
      layers: [
        { kind: 'conv2d', filters: 4, kernelSize: 3, padding: 1, bias: false },
        { kind: 'batchNorm', frozen: true },
        { kind: 'relu' },
      ],
    },
    { kind: 'localResponseNorm' },
    { kind: 'gelu' },
    { kind: 'avgPool2d', size: 2 },
    { kind: 'tanh' },
    { kind: 'minPool2d', size: 2 },
    { kind: 'sigmoid' },
    { kind: 'globalAvgPool2d' },
    { kind: 'dense', units: 6 },
    { kind: 'leakyRelu' },
    { kind: 'elu' },
    { kind: 'silu' },
    { kind: 'relu' },
    { kind: 'softplus' },
    { kind: 'dense', units: 3 },
    { kind: 'softmax' },
  ],
};

const models: readonly [string, ModelSpec][] = [
  ...chosen.map((name): [string, ModelSpec] => [name, withoutDraws(presets[name])]),
  ['every kind of layer', everyKind],
];

/** The model as it answers. */
function withoutDraws(spec: ModelSpec): ModelSpec {
  const layers = spec.layers
    .filter(({ kind }) => kind !== 'dropout')
    .map((layer): LayerSpec => {
      if (layer.kind === 'residual') return { ...layer, layers: frozen(layer.layers) };
      return frozen([layer])[0];
    });
  return { ...spec, layers };
}

function frozen<Layer extends LayerSpec>(layers: readonly Layer[]): Layer[] {
  return layers.map((layer) => (layer.kind === 'batchNorm' ? { ...layer, frozen: true } : layer));
}

test.each(models)('%s: the bits of a batch of 1 and of 3, again and again', (_, spec) => {
  const model = resolveModel(spec);
  const parameters = new Map(
    model.parameters.map(({ name, shape }) => {
      const values = normal(1, name, new Float32Array(elementCount(shape)), 0, 0.3);
      return [name, name.endsWith('running_var') ? values.map(Math.abs) : values];
    }),
  );
  for (const batchSize of [1, 3]) {
    const engine = createGradientEngine({ module, model, parameters, batchSize });
    for (const draw of ['first', 'second']) {
      const values = (name: string, size: number) =>
        normal(2, `${draw} ${name}`, new Float32Array(batchSize * size), 0, 1);
      const x = values('x', elementCount(model.input));
      const dY = values('dY', elementCount(model.output));
      const steps = engine.steps(x, dY);
      let step = steps.next();
      let calls = 0;
      for (; step.done !== true; step = steps.next()) calls++;
      const { dX } = runModel({ module, model, parameters, x, dY, batchSize });
      expect(calls).toBeGreaterThan(model.layers.length / 3);
      expect(dX.some((value) => value !== 0)).toBe(true);
      expect(new Int32Array(step.value.buffer)).toEqual(new Int32Array(dX.buffer));
    }
  }
});

test('every kind of layer but dropout and flatten is among them', () => {
  const kinds = new Set(everyKind.layers.map(({ kind }) => kind));
  const missing = Object.keys(layerKinds).filter((kind) => !kinds.has(kind as LayerSpec['kind']));
  expect(missing).toEqual(['dropout', 'flatten']);
});
