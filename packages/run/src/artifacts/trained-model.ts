import { join, resolve } from 'node:path';
import { decodeSafetensors, toScaling, type ChannelScaling } from '@convbook/core';
import { checkPath, showValue } from '@convbook/core/checks';
import { resolveModel, type ResolvedModel } from '@convbook/layers';
import { refuseRunFile } from '../checks/refuse.ts';
import { runFiles } from '../files/run-files.ts';
import { readRecord } from '../record/read-record.ts';
import type { RunRecord } from '../record/run-record.ts';
import { readModelFile } from './model-file.ts';

/** The model of a run with its parameters. */
export interface TrainedModel {
  record: RunRecord;
  model: ResolvedModel;
  /** Values of every parameter by full name. */
  parameters: ReadonlyMap<string, Float32Array>;
  /** How the bytes of each channel become numbers; byte / 255 where it is absent. */
  scaling?: readonly ChannelScaling[] | undefined;
}

/**
 * The model of a run as its last step left it.
 *
 * @throws RunDirectoryError when there is none, or it is not what run.json says.
 */
export function readTrainedModel(directory: string): TrainedModel {
  checkPath('run directory', directory);
  const path = resolve(directory);
  const record = readRecord(path);
  const where = join(path, runFiles.model);
  const bytes = readModelFile(path, record, true);
  const model = resolveModel(record.model);
  const { tensors } = decodeSafetensors(bytes, where);
  const parameters = model.parameters.map(({ name, shape }) => {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== 'F32' || tensor.shape.join() !== shape.join()) {
      const got = showValue(tensor?.shape);
      refuseRunFile(where, `expected ${name} of type F32 ${showValue(shape)}, got ${got}`);
    }
    return [name, tensor.data] as const;
  });
  const { standardization } = record.data;
  const scaling = standardization && toScaling(standardization);
  return { record, model, parameters: new Map(parameters), scaling };
}
