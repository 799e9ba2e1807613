import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { decodeSafetensors } from '@convbook/core';
import { resolveModel, type ResolvedModel } from '@convbook/layers';
import { runFiles, type RunRecord } from '@convbook/run';
import { readRecord } from '../run/read-run.ts';
import { readBytes } from '../run/read-text.ts';
import { refuse, show } from '../run/refuse.ts';

/** The model of a run with its parameters. */
export interface TrainedModel {
  record: RunRecord;
  model: ResolvedModel;
  /** Values of every parameter by full name. */
  parameters: ReadonlyMap<string, Float32Array>;
}

/**
 * The model of a run as its last step left it.
 *
 * @throws RunDirectoryError when there is none, or it is not what run.json says.
 */
export function readTrainedModel(directory: string): TrainedModel {
  const path = resolve(directory);
  const record = readRecord(path);
  const where = join(path, runFiles.model);
  const bytes = readBytes(path, runFiles.model, true) as Uint8Array;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (record.result && sha256 !== record.result.modelSha256) {
    refuse(where, `expected SHA-256 ${record.result.modelSha256} as run.json says, got ${sha256}`);
  }
  const model = resolveModel(record.model);
  const { tensors } = decodeSafetensors(bytes, where);
  const parameters = model.parameters.map(({ name, shape }) => {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== 'F32' || tensor.shape.join() !== shape.join()) {
      refuse(where, `expected ${name} of type F32 ${show(shape)}, got ${show(tensor?.shape)}`);
    }
    return [name, tensor.data] as const;
  });
  return { record, model, parameters: new Map(parameters) };
}
