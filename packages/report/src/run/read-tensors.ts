import { join } from 'node:path';
import { decodeSafetensors } from '@convbook/core';
import { runFiles, type RunRecord } from '@convbook/run';
import type { Evaluation } from '../evaluation.ts';
import { readBytes } from './read-text.ts';
import { refuse, show } from './refuse.ts';
import type { Samples } from './run.ts';

type Tensors = ReturnType<typeof decodeSafetensors>['tensors'];
type TensorType = 'F32' | 'I32' | 'U8';
interface TensorData {
  F32: Float32Array;
  I32: Int32Array;
  U8: Uint8Array;
}

/** A tensor of this type and rank, with no value that is not finite. */
export function take<D extends TensorType>(
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
  const stray = tensor.data.find((value) => !Number.isFinite(value));
  if (stray !== undefined) refuse(where, `expected finite values in ${name}, got ${stray}`);
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
export function readSamples(
  directory: string,
  required: boolean,
  { sampleShape, testSamples }: RunRecord['data'],
): Samples | null {
  const bytes = readBytes(directory, runFiles.samples, required);
  if (bytes === null) return null;
  const where = join(directory, runFiles.samples);
  const { tensors } = decodeSafetensors(bytes, where);
  const {
    shape: [number, ...shape],
    data,
  } = take(tensors, 'images', 'U8', 4, where);
  if (shape.join() !== sampleShape.join()) {
    refuse(where, `expected images of ${show(sampleShape)} as run.json says, got ${show(shape)}`);
  }
  const indexes = take(tensors, 'indexes', 'I32', 1, where).data;
  if (indexes.length !== number) {
    refuse(where, `expected as many indexes as images, got ${indexes.length} and ${number}`);
  }
  const stray = indexes.find((index) => index < 0 || index >= testSamples);
  if (stray !== undefined)
    refuse(where, `expected indexes from 0 below ${testSamples}, got ${stray}`);
  const size = shape.reduce((product, length) => product * length, 1);
  const images = new Map(
    Array.from(indexes, (index, k) => [index, data.subarray(k * size, (k + 1) * size)] as const),
  );
  return { shape, images };
}
