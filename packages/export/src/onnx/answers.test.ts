// ONNX files, computed by onnxruntime-web, against our own logits.
import { elementCount, normal } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { layerKinds, presets, type LayerSpec, type ModelSpec } from '@convbook/layers';
import { forward } from '@convbook/runtime';
import { describe, expect, test } from 'vitest';
import type { ExportOptions } from '../export-format.ts';
import { everyKind } from '../testing/every-kind.ts';
import { trainedModel } from '../testing/trained.ts';
import { toOnnx } from './onnx-model.ts';
import { openOnnx } from './onnx-session.ts';

const module = await loadKernelModule('plain');
const plain: ExportOptions = { withPreprocessing: false, output: 'logits' };

/** The largest difference of ONNX's outputs from ours, for batches of 1 and 3. */
async function largestDifference(spec: ModelSpec): Promise<number> {
  const trained = trainedModel(spec);
  const session = await openOnnx(toOnnx(trained, plain));
  let largest = 0;
  for (const batch of [1, 3]) {
    const shape = [batch, ...spec.input];
    const x = normal(batch, 'x', new Float32Array(elementCount(shape)));
    const want = forward({ ...trained, module }, x);
    const got = await session.run(x, shape);
    expect(got.length).toBe(want.length);
    largest = got.reduce((most, value, k) => Math.max(most, Math.abs(value - want[k])), largest);
  }
  await session.close();
  return largest;
}

describe('onnxruntime-web against our logits', () => {
  test.each(Object.entries(presets))('%s', async (name, spec) => {
    const d = await largestDifference(spec);
    console.log(name, d);
    expect(d).toBeLessThan(1e-4);
  });
  test('a model with every kind of layer', async () => {
    expect(kindsOf(everyKind.layers)).toEqual(new Set(Object.keys(layerKinds)));
    const d = await largestDifference(everyKind);
    console.log('every', d);
    expect(d).toBeLessThan(1e-5);
  });
});

function kindsOf(layers: readonly LayerSpec[]): Set<string> {
  return new Set(
    layers.flatMap((layer) => [
      layer.kind,
      ...(layer.kind === 'residual' ? kindsOf(layer.layers) : []),
    ]),
  );
}
