import { describe, expect, test } from 'vitest';
import { forward, toInput } from './network.ts';
import { createPredictor } from './predictor.ts';
import { imagesOf, networkOf, variedModels } from './testing/index.ts';

describe.each(Object.entries(variedModels))('a predictor of %s', (_, spec) => {
  const images = [...imagesOf(70, spec.input).values()];

  test('has the logits of prediction to the last bit, by layers and as a whole', async () => {
    const predictor = createPredictor(await networkOf(spec, 3, 0.4));
    const answers = predictor.predict(images.slice(0, 3));
    answers.forEach((answer, k) => {
      const { values, logits } = predictor.layerValues(images[k]);
      expect([...logits]).toEqual(answer.logits);
      expect([...values[values.length - 1]]).toEqual(answer.logits);
      expect(values.length).toBe(predictor.layers.length + 1);
      expect(new Set(answer.logits).size).toBe(4);
    });
  });

  test('answers each image as if there were no other', async () => {
    const predictor = createPredictor(await networkOf(spec, 3, 0.4));
    const alone = images.flatMap((image) => predictor.predict([image]));
    expect(predictor.predict(images)).toEqual(alone);
    expect(new Set(alone.map(({ logits }) => logits.join())).size).toBe(70);
  });

  test('names the class of the largest logit, with probabilities that add up to 1', async () => {
    const network = await networkOf(spec, 3, 0.4);
    const logits = forward(network, toInput(images));
    createPredictor(network)
      .predict(images)
      .forEach((answer, k) => {
        const own = [...logits.subarray(k * 4, k * 4 + 4)];
        expect(answer.logits).toEqual(own);
        expect(own[answer.class]).toBe(Math.max(...own));
        expect(answer.probabilities[answer.class]).toBe(Math.max(...answer.probabilities));
        expect(answer.probabilities.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
      });
  });
});

test('probabilities as worked out by hand, the lowest class winning a tie', async () => {
  const network = await networkOf({ input: [1], layers: [{ kind: 'dense', units: 3 }] });
  network.parameters.get('dense1.weight')?.fill(0);
  network.parameters.get('dense1.bias')?.set([0, 2, 2]);
  const [answer] = createPredictor(network).predict([[255]]);
  const share = Math.E ** 2 / (1 + 2 * Math.E ** 2);
  expect([answer.class, answer.logits]).toEqual([1, [0, 2, 2]]);
  expect(answer.probabilities[1]).toBeCloseTo(share, 14);
  expect(answer.probabilities[0]).toBeCloseTo(1 - 2 * share, 14);
});

test('no images give no answers', async () => {
  const network = await networkOf({ input: [3], layers: [{ kind: 'dense', units: 2 }] });
  expect(createPredictor(network).predict([])).toEqual([]);
});

test('parametersOf has the weights of a layer by their short names', async () => {
  const network = await networkOf({ input: [3], layers: [{ kind: 'dense', units: 2 }] });
  const { layers, parametersOf } = createPredictor(network);
  expect(parametersOf(layers[0])).toEqual({
    weight: network.parameters.get('dense1.weight'),
    bias: network.parameters.get('dense1.bias'),
  });
});
