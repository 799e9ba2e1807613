import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '@convbook/core';
import { resolveModel } from '@convbook/layers';
import { runFiles, type RunRecord } from '@convbook/run';
import { readBytes } from './read-text.ts';
import { take } from './read-tensors.ts';
import { refuse, show } from './refuse.ts';
import type { FilterSnapshot } from './run.ts';

/** Parameter that snapshots hold, named as in PyTorch's state_dict. */
const firstFilters = 'conv1.weight';

/** Larger filters are no picture, and are left out. */
const mostWeights = 2 ** 16;

const snapshotName = /^step-(\d{6,15})\.safetensors$/;

/** `snapshots/`: filters of the first convolution through training, in the order of steps. */
export function readSnapshots(directory: string, record: RunRecord): FilterSnapshot[] {
  const shape = filterShape(record);
  if (shape === null) return [];
  return listSnapshots(directory).map((file) => readSnapshot(directory, file, shape));
}

/** The last of the snapshots, null where there is none. */
export function readLastSnapshot(directory: string, record: RunRecord): FilterSnapshot | null {
  const shape = filterShape(record);
  const last = shape === null ? undefined : listSnapshots(directory).at(-1);
  return shape === null || last === undefined ? null : readSnapshot(directory, last, shape);
}

/**
 * `model.safetensors`: the first convolution's filters as the run ended, null where the model has none
 * or the run did not end. Checks the file's SHA-256 against run.json's.
 */
export function readLastFilters(directory: string, record: RunRecord): FilterSnapshot | null {
  const { status, result } = record;
  const bytes = readBytes(directory, runFiles.model, status === 'complete');
  if (bytes === null || result === undefined) return null;
  const where = join(directory, runFiles.model);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== result.modelSha256) {
    refuse(where, `expected SHA-256 ${result.modelSha256} as run.json says, got ${sha256}`);
  }
  const shape = filterShape(record);
  return shape === null
    ? null
    : { step: result.steps, shape, weights: filtersOf(bytes, where, shape) };
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
  if (!existsSync(folder)) return [];
  if (!statSync(folder).isDirectory()) refuse(folder, 'expected a folder, got a file');
  const found = readdirSync(folder).flatMap((name) => {
    const match = snapshotName.exec(name);
    return match === null ? [] : [{ name, step: Number(match[1]) }];
  });
  return found.sort((a, b) => a.step - b.step);
}

function readSnapshot(
  directory: string,
  { name, step }: SnapshotFile,
  shape: readonly number[],
): FilterSnapshot {
  const folder = join(directory, runFiles.snapshots);
  const bytes = readBytes(folder, name, true) as Uint8Array;
  return { step, shape, weights: filtersOf(bytes, join(folder, name), shape) };
}

function filtersOf(bytes: Uint8Array, where: string, expected: readonly number[]): Float32Array {
  const { tensors } = decodeSafetensors(bytes, where);
  const { shape, data } = take(tensors, firstFilters, 'F32', 4, where);
  if (shape.join() === expected.join()) return data;
  return refuse(
    where,
    `expected ${firstFilters} of ${show(expected)} as the model has, got ${show(shape)}`,
  );
}
