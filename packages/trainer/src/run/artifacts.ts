// The files that a run leaves for the notebook, beside the logs.
import path from 'node:path';
import { layOutSafetensors } from '@convbook/core/files';
import type { StoredTensor } from '@convbook/core';
import { sampleBytes, sampleReader } from '@convbook/data/images';
import {
  datasetWarnings,
  describeFaults,
  faultLines,
  findFaults,
  pictureSizes,
  sampleImages,
  type DataDescription,
  type ImageFault,
} from '@convbook/data/training';
import { sourceOf, type Dataset, type DatasetFiles } from '@convbook/data';
import { runFiles, type DatasetRecord, type FileCounts, type RunRecord } from '@convbook/run';
import { slicesOf, writeFileAtomic } from '@convbook/run/writing';
import { createImageReader } from '../engine/image-reader.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { chooseSamples } from './choose-samples.ts';
import { fingerprintFields } from './fingerprint.ts';
import { readParameters } from './parameters.ts';
import { sha256Of } from './sha256.ts';

/** Augmented images that are shown, and epochs of each: of images up to so many values. */
const augmentedShown = [
  { values: 4096, images: 2, epochs: 9 },
  // Larger ones would make dataset.json too large to read.
  { values: 65_536, images: 1, epochs: 8 },
];

/** Most bytes of test images that a run keeps. MNIST's 10,000 take 7.84 MB. */
const mostSampleBytes = 8_000_000;

/** Writes dataset.json and returns what the data lack, a sentence each. */
export async function writeDescription(
  directory: string,
  state: SharedState,
  data: Dataset,
  record: RunRecord,
  described: DataDescription,
): Promise<string[]> {
  const { train } = state;
  const faults = faultsOf(data);
  const { shape, classes } = sampleImages(data, train.indexes);
  const shown = describeFaults(data, faults);
  const description: DatasetRecord = {
    ...described,
    sha256: record.data.sha256,
    ...augmentedSamples(state),
    samples: { shape: [...shape], classes },
    faults: { ...shown, shape: [...shown.shape] },
    ...(data.files && { files: countFiles(data.files) }),
  };
  const text = `${JSON.stringify(description)}\n`;
  await writeFileAtomic(path.join(directory, runFiles.dataset), text);
  return [...datasetWarnings(described), ...faultLines(data, faults)];
}

/** MNIST has none, as a test sees: looking would delay the first step by 0.05 s. */
function faultsOf(data: Dataset): ImageFault[] {
  return sourceOf(data)?.kind === 'mnist' ? [] : findFaults(data);
}

function countFiles(files: DatasetFiles): FileCounts {
  const { smallest, middle, largest } = pictureSizes(files);
  return {
    layout: files.layout,
    sizes: { smallest: [...smallest], middle: [...middle], largest: [...largest] },
    damaged: files.damaged.length,
    passedOver: { ...files.passedOver },
  };
}

/** The first training images, each as it is and as the first epochs show it. */
function augmentedSamples(state: SharedState): Pick<DatasetRecord, 'augmented'> {
  const { images, indexes } = state.train;
  const size = sampleBytes(images);
  const read = sampleReader(images);
  const readerOf = createImageReader(state);
  const shown = augmentedShown.find(({ values }) => size <= values);
  if (state.plan.configuration.augment === null || shown === undefined) return {};
  const epochs = Math.min(state.plan.configuration.epochs, shown.epochs);
  const augmented = Array.from(indexes.subarray(0, shown.images), (index) => [
    [...read(index)],
    ...Array.from({ length: epochs }, (_, before) => [
      ...(readerOf(before + 1)?.(images.images, index) ?? []),
    ]),
  ]);
  return { augmented };
}

/** Writes model.safetensors and returns its SHA-256. Time, host and workers leave no trace in it. */
export async function writeModel(directory: string, state: SharedState): Promise<string> {
  const { name } = state.plan.model;
  const pieces = layOutSafetensors(readParameters(state), { format: 'pt', model: name });
  await writeFileAtomic(path.join(directory, runFiles.model), pieces);
  return sha256Of(pieces.flatMap((piece) => [...slicesOf(piece)]));
}

/** The first convolution's filters at a step, for the notebook's before and after. */
export async function writeSnapshot(
  directory: string,
  state: SharedState,
  step: number,
): Promise<void> {
  const conv = state.plan.model.layers.find((layer) => layer.spec.kind === 'conv2d');
  if (!conv) return;
  const name = `${conv.name}.weight`;
  const weight = readParameters(state).get(name) as StoredTensor;
  const file = `step-${String(step).padStart(6, '0')}.safetensors`;
  const pieces = layOutSafetensors(new Map([[name, weight]]), {
    step: String(step),
    ...fingerprintFields(state),
  });
  await writeFileAtomic(path.join(directory, runFiles.snapshots, file), pieces);
}

/** Logits and labels of the test set, and as many of its images as fit: `chooseSamples` says which. */
export async function writeEvaluation(
  directory: string,
  state: SharedState,
  { sampleShape }: Dataset,
): Promise<void> {
  const { images, logits } = state.evaluated.test;
  const classes = state.plan.model.output[0];
  const evaluation = new Map<string, StoredTensor>([
    ['logits', { dtype: 'F32', shape: [images.count, classes], data: logits.slice() }],
    ['labels', { dtype: 'U8', shape: [images.count], data: images.labels.slice() }],
  ]);
  await writeFileAtomic(
    path.join(directory, runFiles.evaluation),
    layOutSafetensors(evaluation, fingerprintFields(state)),
  );
  const size = sampleBytes(images);
  const read = sampleReader(images);
  const mostSamples = Math.floor(mostSampleBytes / size);
  const answers = { samples: images.count, classes, logits, labels: images.labels };
  const indexes = chooseSamples(answers, mostSamples);
  const bytes = new Uint8Array(indexes.length * size);
  indexes.forEach((index, k) => bytes.set(read(index), k * size));
  const samples = new Map<string, StoredTensor>([
    ['images', { dtype: 'U8', shape: [indexes.length, ...sampleShape], data: bytes }],
    ['indexes', { dtype: 'I32', shape: [indexes.length], data: Int32Array.from(indexes) }],
  ]);
  await writeFileAtomic(
    path.join(directory, runFiles.samples),
    layOutSafetensors(samples, fingerprintFields(state)),
  );
}
