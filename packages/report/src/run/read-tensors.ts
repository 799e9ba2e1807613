import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '@convbook/core';
import { runFiles, type RunRecord } from '@convbook/layers';
import type { Evaluation } from '../evaluation.ts';
import { readBytes } from './read-text.ts';
import { refuse, show } from './refuse.ts';
import type { FilterSnapshot, Samples } from './run.ts';

type Tensors = ReturnType<typeof decodeSafetensors>['tensors'];
type TensorType = 'F32' | 'I32' | 'U8';
interface TensorData {
  F32: Float32Array;
  I32: Int32Array;
  U8: Uint8Array;
}

function take<D extends TensorType>(
  tensors: Tensors,
  name: string,
  dtype: D,
  rank: number,
  where: string,
) {
  const tensor =
    tensors.get(name) ??
    refuse(where, `expected a tensor ${show(name)}, got ${show([...tensors.keys()])}`);
  if (tensor.dtype !== dtype || tensor.shape.length !== rank) {
    refuse(
      where,
      `expected ${name} of type ${dtype} and rank ${rank}, got ${tensor.dtype} ${show(tensor.shape)}`,
    );
  }
  return { shape: tensor.shape, data: tensor.data as TensorData[D] };
}

/** `evaluation.safetensors`: logits and labels of `samples` test images over `classes` classes. */
export function readEvaluation(
  directory: string,
  required: boolean,
  classes: number,
): Evaluation | null {
  const bytes = readBytes(directory, runFiles.evaluation, required);
  if (bytes === null) return null;
  const where = join(directory, runFiles.evaluation);
  const { tensors } = decodeSafetensors(bytes, where);
  const logits = take(tensors, 'logits', 'F32', 2, where);
  const labels = take(tensors, 'labels', 'U8', 1, where);
  if (logits.shape[0] !== labels.shape[0]) {
    refuse(
      where,
      `expected as many labels as rows of logits, got ${labels.shape[0]} and ${logits.shape[0]}`,
    );
  }
  if (logits.shape[1] !== classes) {
    refuse(where, `expected logits of ${classes} classes, got ${logits.shape[1]}`);
  }
  const stray = labels.data.find((label) => label >= classes);
  if (stray !== undefined) refuse(where, `expected labels below ${classes}, got ${stray}`);
  return { samples: labels.shape[0], classes, logits: logits.data, labels: labels.data };
}

/** `samples.safetensors`: the images the notebook may show, by their place in the test set. */
export function readSamples(directory: string, required: boolean): Samples | null {
  const bytes = readBytes(directory, runFiles.samples, required);
  if (bytes === null) return null;
  const where = join(directory, runFiles.samples);
  const { tensors } = decodeSafetensors(bytes, where);
  const {
    shape: [number, ...shape],
    data,
  } = take(tensors, 'images', 'U8', 4, where);
  const indexes = take(tensors, 'indexes', 'I32', 1, where).data;
  if (indexes.length !== number) {
    refuse(where, `expected as many indexes as images, got ${indexes.length} and ${number}`);
  }
  const size = shape.reduce((product, length) => product * length, 1);
  const images = new Map(
    Array.from(indexes, (index, k) => [index, data.subarray(k * size, (k + 1) * size)] as const),
  );
  return { shape, images };
}

/**
 * `model.safetensors`: the first convolution's filters as the run ended, null where the model has none
 * or the run did not end. Checks the file's SHA-256 against run.json's.
 */
export function readLastFilters(
  directory: string,
  parameter: string,
  { status, result }: RunRecord,
): FilterSnapshot | null {
  const bytes = readBytes(directory, runFiles.model, status === 'complete');
  if (bytes === null || result === undefined) return null;
  const where = join(directory, runFiles.model);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== result.modelSha256) {
    refuse(where, `expected SHA-256 ${result.modelSha256} as run.json says, got ${sha256}`);
  }
  const { tensors } = decodeSafetensors(bytes, where);
  if (!tensors.has(parameter)) return null;
  const { shape, data } = take(tensors, parameter, 'F32', 4, where);
  return { step: result.steps, shape, weights: data };
}

const snapshotName = /^step-(\d{6,})\.safetensors$/;

/** `snapshots/`: filters of the first convolution through training, in the order of steps. */
export function readSnapshots(directory: string, parameter: string): FilterSnapshot[] {
  const folder = join(directory, runFiles.snapshots);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((file) => {
    const match = snapshotName.exec(file);
    return match === null ? [] : [{ file, step: Number(match[1]) }];
  });
  return found
    .sort((a, b) => a.step - b.step)
    .map(({ file, step }) => {
      const where = join(folder, file);
      const { tensors } = decodeSafetensors(readBytes(folder, file, true) as Uint8Array, where);
      const { shape, data } = take(tensors, parameter, 'F32', 4, where);
      return { step, shape, weights: data };
    });
}
