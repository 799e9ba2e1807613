import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodeSafetensors,
  encodeSafetensors,
  RunDirectoryError,
  type StoredTensor,
} from '@convbook/core';
import type { WrittenTensor } from '@convbook/core/files';
import { expect, test } from 'vitest';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/folders.ts';
import { readTrainedModel } from './trained-model.ts';

/** A run whose model file, and its SHA-256, are other ones. */
function runWith(change: (tensors: Map<string, WrittenTensor>) => void): string {
  const directory = writeSyntheticRun(join(temporaryFolder(), 'run'));
  const [file, record] = ['model.safetensors', 'run.json'].map((name) => join(directory, name));
  const bytes = readFileSync(file);
  const tensors = new Map<string, WrittenTensor>(decodeSafetensors(bytes, file).tensors);
  change(tensors);
  const changed = encodeSafetensors(tensors);
  const [before, after] = [bytes, changed].map((of) =>
    createHash('sha256').update(of).digest('hex'),
  );
  writeFileSync(file, changed);
  writeFileSync(record, readFileSync(record, 'utf8').replace(before, after));
  return directory;
}

test('every tensor that does not fit is named, expected and found', () => {
  const directory = runWith((tensors) => {
    const { data } = tensors.get('dense1.weight') as StoredTensor & { dtype: 'F32' };
    tensors.set('dense1.weight', { dtype: 'F32', shape: [864, 100], data });
    tensors.set('conv1.bias', { dtype: 'F64', shape: [6], data: new Float64Array(6) });
    tensors.set('fc.bias', { dtype: 'F32', shape: [1], data: new Float32Array(1) });
    tensors.delete('dense2.bias');
  });
  expect(() => readTrainedModel(directory)).toThrow(
    new RunDirectoryError(
      `${join(directory, 'model.safetensors')}: expected the weights of run.json’s model, got others: ` +
        'conv1.bias: expected F32 [6], got F64 [6]; ' +
        'dense1.weight: expected F32 [100,864], got F32 [864,100]; ' +
        'dense2.bias: expected F32 [10], got nothing; fc.bias: expected nothing, got F32 [1]; ' +
        'train again, or restore the run directory from a copy',
    ),
  );
});

test('parameters are read in the model’s order, whatever their order in the file', () => {
  const values = Float32Array.from({ length: 6 }, (_, k) => k / 7);
  const directory = runWith((tensors) => {
    tensors.set('conv1.bias', { dtype: 'F32', shape: [6], data: values });
  });
  const { parameters, model } = readTrainedModel(directory);
  expect([...parameters.keys()]).toEqual(model.parameters.map(({ name }) => name));
  expect(parameters.get('conv1.bias')).toEqual(values);
});
