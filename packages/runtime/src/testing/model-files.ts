// The files of a small model, for tests.
import { encodeSafetensors, type StoredTensor } from '@convbook/core';
import type { ModelSpec } from '@convbook/layers';
import { describeModel, type ModelDescription } from '../model-file/index.ts';
import { networkOf } from './networks.ts';

/** `model.json` and `model.safetensors` of the same model. */
export interface ModelFilePair {
  readonly description: ModelDescription;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** The files of a model with normally distributed weights; its classes are named `class 0`, …. */
export async function modelFilesOf(
  model: ModelSpec,
  imageShape: readonly number[] = model.input,
  change: Partial<ModelDescription> = {},
): Promise<ModelFilePair> {
  const { model: resolved, parameters } = await networkOf(model, 3, 0.4);
  const tensors = resolved.parameters.map(({ name, shape }): [string, StoredTensor] => [
    name,
    { dtype: 'F32', shape, data: parameters.get(name) ?? new Float32Array() },
  ]);
  const weights = encodeSafetensors(new Map(tensors), { format: 'pt' });
  const classNames = Array.from({ length: resolved.output[0] }, (_, k) => `class ${k}`);
  const data = { classNames, sampleShape: imageShape };
  const digest = await crypto.subtle.digest('SHA-256', weights);
  const sha256 = Buffer.from(digest).toString('hex');
  return { description: { ...describeModel({ model, data }, sha256), ...change }, weights };
}
