import { initializeParameters, presets, resolveModel, type ModelSpec } from '@convbook/layers';
import { camLayer, forAnswers, gradCam, occlusion, saliency } from '@convbook/runtime/explain';
import { toInput } from '@convbook/runtime/network';
import { imagesOf, networkOf, variedModels } from '@convbook/runtime/testing';
import { expect, test } from 'vitest';
import { affordablePositions } from '../explain/explain.ts';
import { createExplainer } from './explainer.ts';

const models: readonly [string, ModelSpec][] = [
  ['simple-convnet', presets['simple-convnet']],
  ...Object.entries(variedModels),
];

test.each(models)('%s: the maps of both networks are those of the notebook', async (_, spec) => {
  const network = await networkOf(spec);
  const model = resolveModel(spec);
  const [seed, fill] = [7, 0.25];
  const explainer = createExplainer({ network, seed, fill });
  const trained = forAnswers(network);
  const random = { ...trained, parameters: initializeParameters(model, seed) };
  const image = imagesOf(2, spec.input).get(1) ?? new Uint8Array();
  const x = toInput([image]);
  const cam = camLayer(trained.model);
  const settings = { positions: affordablePositions(trained, 1), fill };
  for (const method of explainer.methods) {
    const steps = explainer.maps(method, image, 1);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const expected = [trained, random].map((own) => {
      if (method === 'saliency') return saliency(own, x, [1])[0];
      if (method === 'occlusion') return occlusion(own, x, 1, settings).map;
      return cam && gradCam(own, cam, x, [1])[0];
    });
    expect([step.value.trained, step.value.untrained]).toEqual(expected);
    expect(step.value.trained).not.toEqual(step.value.untrained);
    expect(step.value.shape[0] * step.value.shape[1]).toBe(step.value.trained.length);
    expect(explainer.costOf(method)).toBeGreaterThan(0);
  }
});

test.each([
  ['one with a convolution', presets['simple-convnet'], ['saliency', 'gradCam', 'occlusion']],
  ['one without', presets['taewan-fc'], ['saliency', 'occlusion']],
])('%s has the methods %j', async (_, spec, methods) => {
  const network = await networkOf(spec);
  expect(createExplainer({ network, seed: 1, fill: 0 }).methods).toEqual(methods);
});
