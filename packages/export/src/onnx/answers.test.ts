// ONNX files, computed by onnxruntime-web, against our own outputs.
import { elementCount, normal, toScaling } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { softmaxForward } from '@convbook/core/reference';
import { assertClose } from '@convbook/core/testing';
import { layerKinds, presets, type LayerSpec, type ModelSpec } from '@convbook/layers';
import type { TrainedModel } from '@convbook/run';
import { forward, toInput } from '@convbook/runtime/network';
import { imagesOf } from '@convbook/runtime/testing';
import { describe, expect, test } from 'vitest';
import type { ExportOptions } from '../export-format.ts';
import { everyKind, kindsOf } from '../testing/every-kind.ts';
import { kindCases } from '../testing/kind-cases.ts';
import { trainedModel } from '../testing/trained.ts';
import { toOnnx } from './onnx-model.ts';
import { openOnnx } from './onnx-session.ts';

const module = await loadKernelModule('plain');
const plain: ExportOptions = { withPreprocessing: false, output: 'logits' };

/** The outputs of a model for a batch, by onnxruntime-web. */
async function byOnnx(
  trained: TrainedModel,
  x: Float32Array | Uint8Array,
  options = plain,
): Promise<Float32Array> {
  const session = await openOnnx(toOnnx(trained, options));
  const { input } = trained.model;
  const batch = x.length / elementCount(input);
  const y = await session.run(x, [batch, ...input]);
  await session.close();
  return y;
}

/** Compares batches of 1 and 3 of normally distributed numbers. */
async function compare(spec: ModelSpec): Promise<void> {
  const trained = trainedModel(spec);
  for (const batch of [1, 3]) {
    const x = normal(batch, 'x', new Float32Array(batch * elementCount(spec.input)));
    const want = forward({ ...trained, module }, x);
    assertClose(await byOnnx(trained, x), want, { rtol: 0, atol: 5e-5 }, `batch ${batch}`);
  }
}

describe('onnxruntime-web computes what we do', () => {
  test.each(Object.entries(presets))('preset %s', (_, spec) => compare(spec));

  test('a model with every kind of layer', async () => {
    expect(kindsOf(everyKind.layers)).toEqual(new Set(Object.keys(layerKinds)));
    await compare(everyKind);
  });

  const cases = Object.values(kindCases).flatMap((list) =>
    list.map(([input, spec]) => [JSON.stringify(spec), input, spec] as const),
  );
  test.each(cases)('%s on %j', (_, input, spec) => compare({ input, layers: [spec] }));
});

describe('bytes as input', () => {
  const bytes = Uint8Array.from({ length: 3 * 256 }, (_, k) => k % 256);
  const identity: ModelSpec = { input: [3, 16, 16], layers: [{ kind: 'dropout' }] };
  const standardization = { means: [0.49, 0.48, 0.1], deviations: [0.2, 0.3, 0.07] };

  test.each([
    ['byte / 255', undefined],
    ['standardized', toScaling(standardization)],
  ])('%s: the bits of our numbers', async (_, scaling) => {
    const trained = { ...trainedModel(identity), scaling };
    const got = await byOnnx(trained, bytes, { withPreprocessing: true, output: 'logits' });
    expect(got).toEqual(toInput([bytes], trained));
  });

  test('a whole model', async () => {
    const trained = {
      ...trainedModel(everyKind),
      scaling: toScaling({ means: [0.4, 0.1], deviations: [0.3, 0.2] }),
    };
    const images = [...imagesOf(3, everyKind.input).values()];
    const got = await byOnnx(trained, Uint8Array.from(images.flatMap((image) => [...image])), {
      withPreprocessing: true,
      output: 'logits',
    });
    const want = forward({ ...trained, module }, toInput(images, trained));
    assertClose(got, want, { rtol: 0, atol: 5e-5 }, 'logits');
  });
});

describe('probabilities', () => {
  const options: ExportOptions = { withPreprocessing: false, output: 'softmax' };
  const layers: LayerSpec[] = [{ kind: 'dense', units: 3 }];
  const x = normal(1, 'x', new Float32Array(2 * 5));

  test('are the softmax of the logits', async () => {
    const trained = trainedModel({ input: [5], layers });
    const want = softmaxForward({ shape: [2, 3], data: forward({ ...trained, module }, x) });
    assertClose(
      await byOnnx(trained, x, options),
      want.data,
      { rtol: 0, atol: 1e-6 },
      'probabilities',
    );
  });

  test('are what a model with softmax at its end gives', async () => {
    const trained = trainedModel({ input: [5], layers: [...layers, { kind: 'softmax' }] });
    const want = forward({ ...trained, module }, x);
    assertClose(await byOnnx(trained, x, options), want, { rtol: 0, atol: 1e-6 }, 'probabilities');
  });

  test('of one class are 1', async () => {
    const trained = trainedModel({ input: [5], layers: [{ kind: 'dense', units: 1 }] });
    expect([...(await byOnnx(trained, x, options))]).toEqual([1, 1]);
  });
});
