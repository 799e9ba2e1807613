// Reads what `statistics-file.ts` lays out, and checks it against the record.
import { join } from 'node:path';
import { decodeSafetensors, elementCount } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { headBytes } from '@convbook/core/files';
import { branchesOf, resolveModel, type ResolvedLayer } from '@convbook/layers';
import { checkFingerprint } from '../checks/fingerprint.ts';
import { refuseRunFile } from '../checks/refuse.ts';
import { readBytes } from '../files/read-file.ts';
import { runFiles } from '../files/run-files.ts';
import { namesIn } from '../files/run-kinds.ts';
import type { RunRecord } from '../record/run-record.ts';
import { isLimit, sideBins, valueCount, type Histogram } from './histogram.ts';
import { statisticsVersion } from './statistics-file.ts';
import type { ConfusionCount, LayerStatistics, TrainingStatistics } from './statistics.ts';
import { takeTensor } from './take-tensor.ts';

/** A file of a run. */
interface ReadFile extends ReturnType<typeof decodeSafetensors> {
  readonly where: string;
}

const fileName = /^statistics-(\d{6,15})\.safetensors$/;

/**
 * The statistics that a run recorded through training, in the order of steps; none of a run of an earlier version.
 *
 * @throws RunDirectoryError when a file is malformed, or of another model.
 */
export function readStatistics(directory: string, record: RunRecord): TrainingStatistics[] {
  const folder = join(directory, runFiles.snapshots);
  const layers = allLayers(resolveModel(record.model).layers);
  const mostBytes = headBytes + layers.reduce((sum, layer) => sum + layerBytes(layer), 0);
  const { classNames, testSamples } = record.data;
  const cells = Math.min(classNames.length * classNames.length, testSamples);
  return namesIn(folder)
    .filter((name) => fileName.test(name))
    .flatMap((name) => {
      const where = join(folder, name);
      const file = decodeSafetensors(readBytes(folder, name, true, mostBytes + 12 * cells), where);
      checkFingerprint(file.metadata.fingerprint, record, where);
      if (file.metadata.version !== statisticsVersion) return [];
      return [toStatistics({ ...file, where }, layers, record)];
    })
    .sort((a, b) => a.step - b.step);
}

function layerBytes({ outputShape: [units] }: ResolvedLayer): number {
  return 2 * (4 * (2 * sideBins + 1) + 4) + 8 * units;
}

function toStatistics(
  file: ReadFile,
  layers: readonly ResolvedLayer[],
  record: RunRecord,
): TrainingStatistics {
  return {
    step: numberOf(file, 'step'),
    epoch: numberOf(file, 'epoch'),
    images: numberOf(file, 'images'),
    layers: layers.flatMap((layer) => layerOf(file, layer)),
    confusion: confusionOf(file, record.data),
  };
}

/** The layers with those inside a block before it, as they compute. */
function allLayers(layers: readonly ResolvedLayer[]): ResolvedLayer[] {
  return layers.flatMap((layer) => {
    const { body, shortcut } = branchesOf(layer) ?? { body: [], shortcut: null };
    return [...body, ...(shortcut === null ? [] : [shortcut]), layer];
  });
}

function numberOf({ metadata, where }: ReadFile, name: string): number {
  const text = metadata[name];
  if (/^\d{1,15}$/.test(text)) return Number(text);
  return refuseRunFile(where, `expected a whole number as ${name}, got ${showValue(text)}`);
}

/** A layer of a file, in a list; an empty list where the file does not have it. */
function layerOf(file: ReadFile, { name, outputShape: [units], parameters }: ResolvedLayer) {
  const has = (what: string) => file.tensors.has(`${name}.${what}.counts`);
  const weight = parameters.find(({ shortName }) => shortName === 'weight');
  const layer: LayerStatistics = {
    name,
    weights: has('weights') ? histogramOf(file, `${name}.weights`) : null,
    activations: has('activations') ? activationsOf(file, `${name}.activations`, units) : null,
  };
  const { weights, activations } = layer;
  if (weights !== null && valueCount(weights) !== elementCount(weight?.shape ?? [0])) {
    refuseRunFile(
      file.where,
      `expected ${elementCount(weight?.shape ?? [0])} weights of ${name} as the model has, got ${valueCount(weights)}`,
    );
  }
  return weights === null && activations === null ? [] : [layer];
}

function activationsOf(file: ReadFile, name: string, units: number) {
  const ranges = takeTensor(file.tensors, `${name}.ranges`, 'F32', 2, file.where);
  if (ranges.shape.join() !== `2,${units}`) {
    refuseRunFile(
      file.where,
      `expected ${name}.ranges of [2,${units}] as the model has, got ${showValue(ranges.shape)}`,
    );
  }
  return {
    histogram: histogramOf(file, name),
    lowest: ranges.data.subarray(0, units),
    highest: ranges.data.subarray(units),
  };
}

function histogramOf({ tensors, where }: ReadFile, name: string): Histogram {
  const { shape, data } = takeTensor(tensors, `${name}.counts`, 'I32', 1, where);
  const [limit] = takeTensor(tensors, `${name}.limit`, 'F32', 1, where).data;
  if (shape[0] !== 2 * sideBins + 1) {
    refuseRunFile(where, `expected ${name}.counts of ${2 * sideBins + 1} bins, got ${shape[0]}`);
  }
  const stray = data.find((count) => count < 0);
  if (stray !== undefined) refuseRunFile(where, `expected ${name}.counts from 0 up, got ${stray}`);
  if (!isLimit(limit)) {
    refuseRunFile(where, `expected a power of two as ${name}.limit, got ${limit}`);
  }
  return { limit, counts: data };
}

/** Null before training. */
function confusionOf(
  { tensors, where }: ReadFile,
  { classNames, testSamples }: RunRecord['data'],
): ConfusionCount[] | null {
  if (!tensors.has('confusion')) return null;
  const { shape, data } = takeTensor(tensors, 'confusion', 'I32', 2, where);
  const rows = Array.from({ length: shape[0] }, (_, k) => data.subarray(3 * k, 3 * k + 3));
  const isClass = (value: number) => value >= 0 && value < classNames.length;
  const stray = rows.find(
    ([label, prediction, count]) => !isClass(label) || !isClass(prediction) || count < 1,
  );
  if (shape[1] !== 3 || stray !== undefined) {
    refuseRunFile(
      where,
      `expected rows of label, prediction and count for ${classNames.length} classes, got ${showValue([...(stray ?? shape)])}`,
    );
  }
  const total = rows.reduce((sum, [, , count]) => sum + count, 0);
  if (total !== testSamples) {
    refuseRunFile(where, `expected ${testSamples} test images in confusion, got ${total}`);
  }
  return rows.map(([label, prediction, count]) => ({ label, prediction, count }));
}
