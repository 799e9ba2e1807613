// snapshots/: the first convolution's filters through training.
import { join, resolve } from 'node:path';
import { decodeSafetensors, elementCount } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { headBytes } from '@convbook/core/files';
import { resolveModel } from '@convbook/layers';
import { checkFingerprint } from '../checks/fingerprint.ts';
import { refuseRunFile } from '../checks/refuse.ts';
import { readBytes } from '../files/read-file.ts';
import { runFiles } from '../files/run-files.ts';
import { namesIn } from '../files/run-kinds.ts';
import { readRecord } from '../record/read-record.ts';
import type { RunRecord } from '../record/run-record.ts';
import { readModelFile } from './model-file.ts';
import { takeTensor } from './take-tensor.ts';

/** Filters of the first convolution at one moment of training. */
export interface FilterSnapshot {
  /** Steps taken before the snapshot; 0 is before training. */
  step: number;
  /** `[filters, channels, height, width]`. */
  shape: readonly number[];
  weights: Float32Array;
}

/** Parameter that snapshots hold, named as in PyTorch's state_dict. */
const firstFilters = 'conv1.weight';

/** Larger filters are no picture, and are left out. */
const mostWeights = 65_536;

const snapshotName = /^step-(\d{6,15})\.safetensors$/;

/**
 * Filters of the first convolution through training, in the order of steps, and as the run ended where
 * that is between two snapshots; empty where the model has none to show.
 *
 * @throws RunDirectoryError when a file is malformed, or of another model.
 */
export function readFilters(directory: string, record: RunRecord): FilterSnapshot[] {
  const snapshots = readSnapshots(directory, record);
  const last = readLastFilters(directory, record);
  const isSaved = last === null || snapshots.some(({ step }) => step === last.step);
  return isSaved ? snapshots : [...snapshots, last];
}

/** Filters of the first convolution as the run last saved them, null where there are none. */
export function readFirstFilters(directory: string): FilterSnapshot | null {
  const path = resolve(directory);
  const record = readRecord(path);
  const shape = filterShape(record);
  const last = shape === null ? undefined : listSnapshots(path).at(-1);
  return shape === null || last === undefined ? null : readSnapshot(path, last, shape, record);
}

function readSnapshots(directory: string, record: RunRecord): FilterSnapshot[] {
  const shape = filterShape(record);
  if (shape === null) return [];
  return listSnapshots(directory).map((file) => readSnapshot(directory, file, shape, record));
}

/** The filters of `model.safetensors`, null where the model has none or the run did not end. */
function readLastFilters(directory: string, record: RunRecord): FilterSnapshot | null {
  const { status, result } = record;
  const bytes = readModelFile(directory, record, status === 'complete');
  if (bytes === null || result === undefined) return null;
  const shape = filterShape(record);
  if (shape === null) return null;
  const where = join(directory, runFiles.model);
  return { step: result.steps, shape, weights: filtersOf(bytes, where, shape, record) };
}

/** `[filters, channels, height, width]` of the first convolution, null where there is none to show. */
function filterShape({ model }: RunRecord): readonly number[] | null {
  const shape = resolveModel(model).parameters.find(({ name }) => name === firstFilters)?.shape;
  if (shape === undefined) return null;
  const [, channels, height, width] = shape;
  return channels * height * width > mostWeights ? null : shape;
}

interface SnapshotFile {
  name: string;
  step: number;
}

function listSnapshots(directory: string): SnapshotFile[] {
  const folder = join(directory, runFiles.snapshots);
  const found = namesIn(folder).flatMap((name) => {
    const match = snapshotName.exec(name);
    return match === null ? [] : [{ name, step: Number(match[1]) }];
  });
  return found.sort((a, b) => a.step - b.step);
}

function readSnapshot(
  directory: string,
  { name, step }: SnapshotFile,
  shape: readonly number[],
  record: RunRecord,
): FilterSnapshot {
  const folder = join(directory, runFiles.snapshots);
  const bytes = readBytes(folder, name, true, headBytes + 4 * elementCount(shape));
  return { step, shape, weights: filtersOf(bytes, join(folder, name), shape, record) };
}

function filtersOf(
  bytes: Uint8Array,
  where: string,
  expected: readonly number[],
  record: RunRecord,
): Float32Array {
  const { tensors, metadata } = decodeSafetensors(bytes, where);
  checkFingerprint(metadata.fingerprint, record, where);
  const { shape, data } = takeTensor(tensors, firstFilters, 'F32', 4, where);
  if (shape.join() === expected.join()) return data;
  return refuseRunFile(
    where,
    `expected ${firstFilters} of ${showValue(expected)} as the model has, got ${showValue(shape)}`,
  );
}
