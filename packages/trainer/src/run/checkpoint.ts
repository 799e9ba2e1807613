// Everything the next step depends on: parameters, optimizer state and numbers, and how far the run
// got. A safetensors file that carries the SHA-256 of its tensors.
import path from 'node:path';
import { type HeaderEntry, layOutSafetensors, toBytes } from '@convbook/core/files';
import { RunDirectoryError, type StoredTensor } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { runFiles } from '@convbook/run';
import {
  checkFingerprint,
  slicesOf,
  withTensorFile,
  writeFileAtomic,
  type BeforeFileCall,
  type TensorFile,
} from '@convbook/run/writing';
import type { SharedState } from '../engine/shared-state.ts';
import { firstCursor, type Cursor } from './cursor.ts';
import { checkCursor } from './cursor-check.ts';
import { fingerprintFields } from './fingerprint.ts';
import { readOptimizerState, readParameters } from './parameters.ts';
import { sha256Of } from './sha256.ts';

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
  const tensors = checkpointTensors(state, cursor);
  const sha256 = await sha256Of(hashedParts(tensors, ({ data }) => slicesOf(toBytes(data))));
  const pieces = layOutSafetensors(tensors, {
    format: 'convbook-checkpoint/1',
    sha256,
    ...fingerprintFields(state),
  });
  await writeFileAtomic(checkpointFile(directory, name), pieces, { before });
}

/** Everything a checkpoint has: views of the shared memory, and copies of a few numbers. */
export function checkpointTensors(state: SharedState, cursor: Cursor): Map<string, StoredTensor> {
  const numbers = Float64Array.from(toNumbers(cursor));
  const optimizer = Float64Array.from(state.statistics.optimizer);
  return new Map<string, StoredTensor>([
    ...readParameters(state),
    ...readOptimizerState(state),
    ['cursor', { dtype: 'F64', shape: [numbers.length], data: numbers }],
    ['optimizer', { dtype: 'F64', shape: [optimizer.length], data: optimizer }],
  ]);
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
  return withTensorFile(file, async (opened) => {
    const { tensors, metadata } = opened;
    await checkHash(opened, file);
    const own = new Map([...readParameters(state), ...readOptimizerState(state)]);
    checkTensors(tensors, own, file);
    checkFingerprint(metadata.fingerprint, state, file);
    const { statistics, plan } = state;
    const numbers = await readNumbers('cursor', toNumbers(firstCursor).length, opened, file);
    const count = statistics.optimizer.length;
    const optimizer = await readNumbers('optimizer', count, opened, file);
    const cursor = fromNumbers(numbers);
    checkCursor(cursor, plan, file);
    for (const [name, { data }] of own) {
      await opened.readInto(tensors.get(name) as HeaderEntry, toBytes(data));
    }
    statistics.optimizer.set(optimizer);
    return cursor;
  });
}

async function checkHash(opened: TensorFile, file: string): Promise<void> {
  const { tensors, metadata } = opened;
  const expected = await sha256Of(hashedParts(tensors, (tensor) => opened.blocksOf(tensor)));
  if (metadata.format === 'convbook-checkpoint/1' && metadata.sha256 === expected) return;
  throw new RunDirectoryError(
    `${file}: expected a checkpoint whose tensors have SHA-256 ${metadata.sha256}, ` +
      `got ${expected}; the file is damaged`,
  );
}

// That these are the state's own tensors, and the two beside them.
function checkTensors(
  tensors: TensorFile['tensors'],
  own: ReadonlyMap<string, StoredTensor>,
  file: string,
): void {
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
      `${file}: expected no ${showValue(more)}, got one; it belongs to another model`,
    );
  }
}

// Float64 numbers, as many as this version writes.
async function readNumbers(
  name: string,
  count: number,
  opened: TensorFile,
  file: string,
): Promise<Float64Array> {
  const tensor = opened.tensors.get(name);
  if (tensor?.dtype !== 'F64' || tensor.shape.join() !== String(count)) {
    const got = tensor ? `${tensor.dtype} [${tensor.shape.join(', ')}]` : 'nothing';
    throw new RunDirectoryError(
      `${file}: expected ${name} as F64 [${count}], got ${got}; the file is damaged`,
    );
  }
  const numbers = new Float64Array(count);
  await opened.readInto(tensor, toBytes(numbers));
  return numbers;
}

function toNumbers(cursor: Cursor): number[] {
  const { epoch, batch, step, epochLoss, epochCorrect, metricsBytes } = cursor;
  const { bestLoss, staleEpochs, waitedEpochs, rateFactor } = cursor;
  return [
    epoch,
    batch,
    step,
    epochLoss,
    epochCorrect,
    metricsBytes,
    bestLoss,
    staleEpochs,
    waitedEpochs,
    rateFactor,
  ];
}

function fromNumbers(numbers: Float64Array): Cursor {
  const [epoch, batch, step, epochLoss, epochCorrect, metricsBytes] = numbers;
  const [bestLoss, staleEpochs, waitedEpochs, rateFactor] = numbers.subarray(6);
  return {
    epoch,
    batch,
    step,
    epochLoss,
    epochCorrect,
    metricsBytes,
    bestLoss,
    staleEpochs,
    waitedEpochs,
    rateFactor,
  };
}

interface Described {
  readonly dtype: string;
  readonly shape: readonly number[];
}

// Names in order, each with type, shape and bytes.
async function* hashedParts<Tensor extends Described>(
  tensors: ReadonlyMap<string, Tensor>,
  blocksOf: (tensor: Tensor) => Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array | string> {
  for (const name of [...tensors.keys()].sort()) {
    const tensor = tensors.get(name) as Tensor;
    yield `${name} ${tensor.dtype} ${tensor.shape.join()}\n`;
    yield* blocksOf(tensor);
  }
}
