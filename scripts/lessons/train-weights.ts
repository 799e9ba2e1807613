// Trains networks that the lessons show, the same bytes each time, and writes them to the lessons' assets.
import { writeFileSync } from 'node:fs';
import { encodeSafetensors, type StoredTensor } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { loadMnist } from '@convbook/data';
import type { ModelSpec } from '@convbook/layers';
import { createTrainer } from '@convbook/trainer/sequential';

const settings = { epochs: 3, seed: 1 };
const assets = new URL('../../packages/lessons/src/assets/', import.meta.url);

/**
 * Trains on all of MNIST, then writes `NAME.safetensors`, with each model's parameters as `MODEL.conv1.weight`, and
 * `NAME.json`, with what each got right of the test images.
 */
export async function trainWeights(
  name: string,
  models: Readonly<Record<string, ModelSpec>>,
): Promise<void> {
  const tensors = new Map<string, StoredTensor>();
  const results: Record<string, object> = {};
  for (const [own, model] of Object.entries(models)) {
    const trained = await trainModel(model);
    for (const [parameter, tensor] of trained.tensors) tensors.set(`${own}.${parameter}`, tensor);
    results[own] = trained.result;
    console.log(own, trained.result);
  }
  writeFileSync(new URL(`${name}.safetensors`, assets), encodeSafetensors(tensors));
  writeFileSync(new URL(`${name}.json`, assets), `${JSON.stringify(results, null, 2)}\n`);
}

async function trainModel(model: ModelSpec) {
  const module = await loadKernelModule('plain');
  const trainer = createTrainer({ model, data: loadMnist(), module, settings });
  for (let step = 0; step < trainer.steps; step++) trainer.step();
  const tensors = [...trainer.parameters].map(([name, { shape, data }]) => {
    return [name, { dtype: 'F32', shape, data: Float32Array.from(data) }] as const;
  });
  const { correct, samples } = trainer.evaluate();
  return { tensors, result: { epochs: settings.epochs, correct, samples } };
}
