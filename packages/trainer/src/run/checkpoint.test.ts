import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  decodeSafetensors,
  encodeSafetensors,
  normal,
  RunDirectoryError,
  type StoredTensor,
} from '@convbook/core';
import { dense, flatten } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import type { SharedState } from '../engine/shared-state.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { tinyModel, tinyState } from '../testing/tiny.ts';
import { checkpointFile, loadCheckpoint, saveCheckpoint } from './checkpoint.ts';
import type { Cursor } from './cursor.ts';
import { readOptimizerState, readParameters } from './parameters.ts';

const cursor: Cursor = {
  epoch: 3,
  batch: 1,
  step: 7,
  epochLoss: 1 / 3,
  epochCorrect: 2,
  metricsBytes: 12_345,
  bestLoss: Infinity,
  staleEpochs: 4,
  waitedEpochs: 2,
  rateFactor: 0.25,
};

function runFolder(): string {
  const directory = temporaryFolder();
  mkdirSync(path.join(directory, 'checkpoints'));
  return directory;
}

/** A state whose every parameter, optimizer value and number is different. */
async function filledState(): Promise<SharedState> {
  const state = await tinyState();
  const { map, layout } = state.plan;
  const starts = [map.bases.parameters, ...map.states];
  starts.forEach((start, i) => {
    for (const { name, offset, count } of layout.parameters) {
      normal(i, name, new Float32Array(state.memory.buffer, start + offset, count));
    }
  });
  state.statistics.optimizer.set([0.5, 0.25]);
  return state;
}

/** The hash a checkpoint carries: names in order, each with type, shape and bytes. */
function hashOf(tensors: ReadonlyMap<string, StoredTensor>): string {
  const hash = createHash('sha256');
  for (const [name, { dtype, shape, data }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name} ${dtype} ${shape.join()}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

describe('a checkpoint', () => {
  test('brings back parameters, optimizer and cursor, to the last bit', async () => {
    const [state, restored] = [await filledState(), await tinyState()];
    const directory = runFolder();
    await saveCheckpoint(directory, 'last', state, cursor);
    expect(await loadCheckpoint(directory, 'last', restored)).toEqual(cursor);
    expect(readParameters(restored)).toEqual(readParameters(state));
    expect(readOptimizerState(restored)).toEqual(readOptimizerState(state));
    expect(restored.statistics.optimizer).toEqual(state.statistics.optimizer);
    expect(
      readParameters(restored)
        .get('conv1.weight')
        ?.data.every((value) => value !== 0),
    ).toBe(true);
  });

  test('has the same bytes for the same state', async () => {
    const directory = runFolder();
    await saveCheckpoint(directory, 'last', await filledState(), cursor);
    await saveCheckpoint(directory, 'best', await filledState(), cursor);
    const [last, best] = (['last', 'best'] as const).map((name) =>
      readFileSync(checkpointFile(directory, name)),
    );
    expect(last.equals(best)).toBe(true);
  });

  test('that is missing is refused', async () => {
    const directory = runFolder();
    const file = checkpointFile(directory, 'best');
    await expect(loadCheckpoint(directory, 'best', await tinyState())).rejects.toThrow(
      new RunDirectoryError(`${file}: cannot be read, got ENOENT`),
    );
  });

  test.each([0, 0.5, 1])('with a bit turned in its data (at %d) is refused', async (place) => {
    const directory = runFolder();
    await saveCheckpoint(directory, 'last', await filledState(), cursor);
    const file = checkpointFile(directory, 'last');
    const bytes = readFileSync(file);
    const { metadata } = decodeSafetensors(bytes, file);
    const dataStart = 8 + Number(bytes.readBigUInt64LE(0));
    bytes[dataStart + Math.floor(place * (bytes.length - 1 - dataStart))] ^= 1;
    writeFileSync(file, bytes);
    const state = await tinyState();
    await expect(loadCheckpoint(directory, 'last', state)).rejects.toThrow(
      new RunDirectoryError(
        `${file}: expected a checkpoint whose tensors have SHA-256 ${metadata.sha256}, ` +
          `got ${hashOf(decodeSafetensors(bytes, file).tensors)}; the file is damaged`,
      ),
    );
    expect(readParameters(state)).toEqual(readParameters(await tinyState()));
  });

  test('cut short is refused', async () => {
    const directory = runFolder();
    await saveCheckpoint(directory, 'last', await filledState(), cursor);
    const file = checkpointFile(directory, 'last');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 1));
    const dataBytes = bytes.length - 8 - Number(bytes.readBigUInt64LE(0));
    await expect(loadCheckpoint(directory, 'last', await tinyState())).rejects.toThrow(
      new RunDirectoryError(
        `${file}: expected ${dataBytes} bytes of data after the header, got ${dataBytes - 1}; ` +
          'the file is damaged or not safetensors: restore it or write it again',
      ),
    );
  });

  test('that is another safetensors file is refused', async () => {
    const directory = runFolder();
    const file = checkpointFile(directory, 'last');
    const tensors = readParameters(await filledState());
    writeFileSync(file, encodeSafetensors(tensors, { format: 'pt' }));
    await expect(loadCheckpoint(directory, 'last', await tinyState())).rejects.toThrow(
      new RunDirectoryError(
        `${file}: expected a checkpoint whose tensors have SHA-256 undefined, ` +
          `got ${hashOf(tensors)}; the file is damaged`,
      ),
    );
  });

  test.each([
    [
      'with other shapes',
      { ...tinyModel, layers: [...tinyModel.layers.slice(0, -1), dense({ units: 5 })] },
      'expected dense2.weight as F32 [5, 4], got F32 [3, 4]',
    ],
    [
      'with more layers',
      { ...tinyModel, layers: [...tinyModel.layers, dense({ units: 3 })] },
      'expected dense3.weight as F32 [3, 3], got nothing',
    ],
    [
      'with fewer layers',
      { ...tinyModel, layers: [flatten(), dense({ units: 3 })] },
      'expected dense1.weight as F32 [3, 30], got F32 [4, 18]',
    ],
  ])('of another model, %s, is refused', async (_, model, what) => {
    const directory = runFolder();
    await saveCheckpoint(directory, 'last', await filledState(), cursor);
    const state = await tinyState({}, { model });
    await expect(loadCheckpoint(directory, 'last', state)).rejects.toThrow(
      new RunDirectoryError(
        `${checkpointFile(directory, 'last')}: ${what}; it belongs to another model`,
      ),
    );
  });

  test('of another model that begins like this one is refused', async () => {
    const directory = runFolder();
    await saveCheckpoint(directory, 'last', await filledState(), cursor);
    const model = { ...tinyModel, layers: tinyModel.layers.slice(0, -1) };
    const state = await tinyState({}, { model });
    await expect(loadCheckpoint(directory, 'last', state)).rejects.toBeInstanceOf(
      RunDirectoryError,
    );
  });

  test.each<[string, Partial<Cursor>, string]>([
    ['an epoch after the last', { epoch: 10 }, 'epoch to be 1 to 9, got 10'],
    ['no number for an epoch', { epoch: NaN }, 'epoch to be 1 to 9, got NaN'],
    ['half an epoch', { epoch: 2.5 }, 'epoch to be 1 to 9, got 2.5'],
    ['a batch after the last', { batch: 4, step: 10 }, 'batch to be 0 to 3, got 4'],
    ['a batch after the end', { epoch: 9, step: 25 }, 'batch to be 0 to 0, got 1'],
    ['another step', { step: 8 }, 'step to be 7, as epoch and batch say, got 8'],
    ['an infinite loss', { epochLoss: Infinity }, 'epochLoss to be a finite number, got Infinity'],
    ['no best loss', { bestLoss: NaN }, 'bestLoss to be a number, got NaN'],
    ['no rate', { rateFactor: NaN }, 'rateFactor to be a factor, got NaN'],
    ['no size', { metricsBytes: -1 }, 'metricsBytes to be a whole number, got -1'],
    ['no patience', { staleEpochs: NaN }, 'staleEpochs to be a whole number, got NaN'],
  ])('with the right hash, but %s, is refused', async (_, wrong, what) => {
    const directory = runFolder();
    await saveCheckpoint(directory, 'last', await filledState(), { ...cursor, ...wrong });
    const file = checkpointFile(directory, 'last');
    const state = await tinyState();
    await expect(loadCheckpoint(directory, 'last', state)).rejects.toThrow(
      new RunDirectoryError(`${file}: expected ${what}; the file is damaged`),
    );
    expect(readParameters(state)).toEqual(readParameters(await tinyState()));
  });

  test.each(['cursor', 'optimizer'])('with the right hash, but a longer %s', async (name) => {
    const directory = runFolder();
    await saveCheckpoint(directory, 'last', await filledState(), cursor);
    const file = checkpointFile(directory, 'last');
    const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
    const count = Number(tensors.get(name)?.shape[0]);
    tensors.set(name, { dtype: 'F64', shape: [count + 1], data: new Float64Array(count + 1) });
    writeFileSync(file, encodeSafetensors(tensors, { ...metadata, sha256: hashOf(tensors) }));
    await expect(loadCheckpoint(directory, 'last', await tinyState())).rejects.toThrow(
      new RunDirectoryError(
        `${file}: expected ${name} as F64 [${count}], got F64 [${count + 1}]; the file is damaged`,
      ),
    );
  });

  test('that cannot be written is reported', async () => {
    const directory = temporaryFolder();
    const file = checkpointFile(directory, 'last');
    await expect(saveCheckpoint(directory, 'last', await tinyState(), cursor)).rejects.toThrow(
      new RunDirectoryError(`${file}: cannot be written, got ENOENT; check the path`),
    );
  });
});
