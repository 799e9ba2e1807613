// Every preset takes a step with its first layer frozen: that one stays, the others change.
import { loadKernelModule } from '@convbook/core/node';
import { synthetic } from '@convbook/data';
import { layerOf } from '@convbook/layers/plan';
import { presets, resolveModel } from '@convbook/layers';
import { expect, test } from 'vitest';
import { createTrainer } from '../sequential/index.ts';

// The full AlexNet has 61 million parameters; alexnet-mini has its parts.
const names = Object.keys(presets).filter((name) => name !== 'alexnet');

test.each(names)('%s', async (name) => {
  const model = presets[name];
  const { output, parameters } = resolveModel(model);
  const [channels, height, width] = model.input;
  const frozen = layerOf(parameters[0].name);
  const data = synthetic({
    sampleShape: [channels, height, width],
    classes: output[0],
    trainSamples: 4,
    testSamples: 1,
  });
  const trainer = createTrainer({
    model,
    data,
    module: await loadKernelModule('plain'),
    settings: { batchSize: 4, epochs: 1, freeze: [frozen], weightDecay: 0.1 },
  });
  const copy = () =>
    new Map([...trainer.parameters].map(([own, { data }]) => [own, Float32Array.from(data)]));
  const before = copy();
  trainer.step();
  const changed = [...copy()].filter(([own, values]) => {
    return values.some((value, k) => value !== before.get(own)?.[k]);
  });
  const layers = new Set(changed.map(([own]) => layerOf(own)));
  expect(layers.has(frozen)).toBe(false);
  expect(layers.has(layerOf(parameters[parameters.length - 1].name))).toBe(true);
});
