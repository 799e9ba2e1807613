// Everything the next step depends on: parameters, optimizer state and numbers, and how far the run
// got. A safetensors file that carries the SHA-256 of its tensors.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  decodeSafetensors,
  encodeSafetensors,
  RunDirectoryError,
  type StoredTensor,
} from '@convbook/core';
import { runFiles } from '@convbook/layers';
import type { SharedState } from '../engine/shared-state.ts';
import { firstWatch, type Watch } from '../watch.ts';
import { writeFileAtomic, type BeforeFileCall } from './atomic-write.ts';
import { checkCursor } from './cursor-check.ts';
import { readOptimizerState, readParameters, writeTensors } from './parameters.ts';

/** How far a run got. */
export interface Cursor extends Watch {
  /** From 1. */
  epoch: number;
  /** Next batch of the epoch, from 0. */
  batch: number;
  /** Steps finished. */
  step: number;
  /** Sums over the epoch's finished batches. */
  epochLoss: number;
  epochCorrect: number;
  /** Size of metrics.ndjson: what was logged up to this step. */
  metricsBytes: number;
}

/** Before the first step. */
export const firstCursor: Cursor = {
  ...{ epoch: 1, batch: 0, step: 0, epochLoss: 0, epochCorrect: 0 },
  metricsBytes: 0,
  ...firstWatch,
};

export type CheckpointName = 'last' | 'best';

// Tensors of a checkpoint beside parameters and what the optimizer keeps for each.
const notParameters = ['cursor', 'optimizer'];

/** Path of a checkpoint. */
export function checkpointFile(directory: string, name: CheckpointName): string {
  return path.join(directory, runFiles.checkpoints, `${name}.safetensors`);
}

/**
 * Writes a checkpoint; the one before stays until the new one was read back and is the same.
 * `before` is for tests: it makes file calls fail.
 *
 * @throws RunDirectoryError when it cannot be written.
 */
export async function saveCheckpoint(
  directory: string,
  name: CheckpointName,
  state: SharedState,
  cursor: Cursor,
  before?: BeforeFileCall,
): Promise<void> {
  const numbers = Float64Array.from(toNumbers(cursor));
  const optimizer = Float64Array.from(state.statistics.optimizer);
  const tensors = new Map<string, StoredTensor>([
    ...readParameters(state),
    ...readOptimizerState(state),
    ['cursor', { dtype: 'F64', shape: [numbers.length], data: numbers }],
    ['optimizer', { dtype: 'F64', shape: [optimizer.length], data: optimizer }],
  ]);
  const bytes = encodeSafetensors(tensors, {
    format: 'convbook-checkpoint/1',
    sha256: hashOf(tensors),
  });
  await writeFileAtomic(checkpointFile(directory, name), bytes, before);
}

/**
 * Restores the state of a checkpoint and returns its cursor.
 *
 * @throws RunDirectoryError when it is missing, malformed, of another model, or its hash differs.
 */
export async function loadCheckpoint(
  directory: string,
  name: CheckpointName,
  state: SharedState,
): Promise<Cursor> {
  const file = checkpointFile(directory, name);
  const bytes = await readFile(file).catch((cause: unknown) => {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new RunDirectoryError(`${file}: cannot be read, got ${code}`, { cause });
  });
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  const expected = hashOf(tensors);
  if (metadata.format !== 'convbook-checkpoint/1' || metadata.sha256 !== expected) {
    throw new RunDirectoryError(
      `${file}: expected a checkpoint whose tensors have SHA-256 ${metadata.sha256}, ` +
        `got ${expected}; the file is damaged`,
    );
  }
  const own = new Map([...readParameters(state), ...readOptimizerState(state)]);
  for (const [name, { shape }] of own) {
    const found = tensors.get(name);
    if (found?.dtype !== 'F32' || found.shape.join() !== shape.join()) {
      throw new RunDirectoryError(
        `${file}: expected ${name} as F32 [${shape.join(', ')}], ` +
          `got ${found ? `${found.dtype} [${found.shape.join(', ')}]` : 'nothing'}; ` +
          'it belongs to another model',
      );
    }
  }
  const more = [...tensors.keys()].find((name) => !own.has(name) && !notParameters.includes(name));
  if (more !== undefined) {
    throw new RunDirectoryError(
      `${file}: expected no ${more}, got one; it belongs to another model`,
    );
  }
  const numbers = tensors.get('cursor');
  const optimizer = tensors.get('optimizer');
  checkNumbers('cursor', numbers, toNumbers(firstCursor).length, file);
  checkNumbers('optimizer', optimizer, state.statistics.optimizer.length, file);
  const cursor = fromNumbers(numbers.data);
  checkCursor(cursor, state.plan, file);
  writeTensors(state, tensors);
  state.statistics.optimizer.set(optimizer.data);
  return cursor;
}

// Float64 numbers, as many as this version writes.
function checkNumbers(
  name: string,
  tensor: StoredTensor | undefined,
  count: number,
  file: string,
): asserts tensor is StoredTensor & { dtype: 'F64' } {
  if (tensor?.dtype === 'F64' && tensor.shape.join() === String(count)) return;
  const got = tensor ? `${tensor.dtype} [${tensor.shape.join(', ')}]` : 'nothing';
  throw new RunDirectoryError(
    `${file}: expected ${name} as F64 [${count}], got ${got}; the file is damaged`,
  );
}

function toNumbers(cursor: Cursor): number[] {
  const { epoch, batch, step, epochLoss, epochCorrect, metricsBytes } = cursor;
  const { bestLoss, staleEpochs, waitedEpochs, rateFactor } = cursor;
  return [
    ...[epoch, batch, step, epochLoss, epochCorrect, metricsBytes],
    ...[bestLoss, staleEpochs, waitedEpochs, rateFactor],
  ];
}

function fromNumbers(numbers: Float64Array): Cursor {
  const [epoch, batch, step, epochLoss, epochCorrect, metricsBytes] = numbers;
  const [bestLoss, staleEpochs, waitedEpochs, rateFactor] = numbers.subarray(6);
  return {
    ...{ epoch, batch, step, epochLoss, epochCorrect, metricsBytes },
    ...{ bestLoss, staleEpochs, waitedEpochs, rateFactor },
  };
}

function hashOf(tensors: ReadonlyMap<string, StoredTensor>): string {
  const hash = createHash('sha256');
  for (const name of [...tensors.keys()].sort()) {
    const { dtype, shape, data } = tensors.get(name) as StoredTensor;
    hash.update(`${name} ${dtype} ${shape.join()}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
