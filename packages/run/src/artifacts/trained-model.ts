import { join, resolve } from 'node:path';
import { toScaling, type ChannelScaling } from '@convbook/core';
import { checkPath } from '@convbook/core/checks';
import { readHeader } from '@convbook/core/files';
import {
  copyParameters,
  resolveModel,
  sayMisfits,
  tensorMisfits,
  type ResolvedModel,
} from '@convbook/layers';
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
 * @throws RunDirectoryError when there is none, or it is not what run.json says, naming every tensor that does not fit.
 */
export function readTrainedModel(directory: string): TrainedModel {
  checkPath('run directory', directory);
  const path = resolve(directory);
  const record = readRecord(path);
  const bytes = readModelFile(path, record, true);
  const model = resolveModel(record.model);
  const parameters = readParameters(bytes, model, join(path, runFiles.model));
  const { standardization } = record.data;
  const scaling = standardization && toScaling(standardization);
  return { record, model, parameters, scaling };
}

function readParameters(
  bytes: Uint8Array,
  model: ResolvedModel,
  where: string,
): Map<string, Float32Array> {
  const { entries, dataStart } = readHeader(bytes, where);
  const tensors = new Map(entries.map((entry) => [entry.name, entry]));
  const misfits = tensorMisfits(model, tensors);
  if (misfits.length > 0) {
    refuseRunFile(
      where,
      `expected the weights of run.json’s model, got others: ${sayMisfits(misfits)}`,
    );
  }
  return copyParameters(model, tensors, bytes.subarray(dataStart));
}
