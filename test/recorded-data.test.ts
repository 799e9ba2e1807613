// Where commands look for the data set of a recorded run.
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DataError } from '@convbook/core';
import { dataHashes, loadIdxFolder, loadMnist, synthetic, type Dataset } from '@convbook/data';
import { dense, flatten } from '@convbook/layers';
import type { RecordedDataSource, RunRecord } from '@convbook/run';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { train } from '@convbook/trainer';
import { describe, expect, it } from 'vitest';
import { recordedData } from '../packages/convbook/src/recorded-data.ts';
import { writeSmall } from './harness/faults/small.ts';

/** A folder `first` with the data set `blobs` and the run `first/runs/one`. */
function places() {
  const root = temporaryFolder();
  const first = path.join(root, 'first');
  mkdirSync(path.join(first, 'runs/one'), { recursive: true });
  writeSmall(first);
  return { root, first, run: path.join(first, 'runs/one'), blobs: path.join(first, 'blobs') };
}

type Recorded = RunRecord['data'];

/** What run.json says of a data set. */
function recordOf(data: Dataset, source?: RecordedDataSource): Recorded {
  const { name, sampleShape, classNames, scaling, attribution, train, test } = data;
  return {
    name,
    sampleShape: [...sampleShape],
    classNames: [...classNames],
    trainSamples: train.count,
    validationSamples: 0,
    testSamples: test.count,
    sha256: dataHashes(data),
    scaling,
    attribution,
    ...(source && { source }),
  };
}

function recordBlobs(blobs: string): Recorded {
  const source = { kind: 'folder', relativePath: '../../blobs', absolutePath: blobs } as const;
  return recordOf(loadIdxFolder(blobs), source);
}

const find = async (recorded: Recorded, directory: string, data?: string) => {
  const lines: string[] = [];
  const found = await recordedData(recorded, { directory, data, tell: (line) => lines.push(line) });
  return { found, lines };
};

function damage(folder: string): void {
  writeFileSync(path.join(folder, 'train-labels-idx1-ubyte'), 'damaged');
}

function exchange(folder: string): void {
  for (const kind of ['images-idx3', 'labels-idx1']) {
    const [train, test] = ['train', 't10k'].map((set) => path.join(folder, `${set}-${kind}-ubyte`));
    cpSync(test, train);
  }
}

describe('a folder', () => {
  it('is found at its place from the run directory after both were moved', async () => {
    const { root, first, blobs } = places();
    const recorded = recordBlobs(blobs);
    const second = path.join(root, 'second');
    renameSync(first, second);
    const { found } = await find(recorded, path.join(second, 'runs/one'));
    expect(found.source).toMatchObject({ path: path.join(second, 'blobs') });
  });

  it.each<[string, (folder: string) => void]>([
    ['nothing', (folder) => rmSync(folder, { recursive: true })],
    ['other data', exchange],
    ['damaged data', damage],
    ['no data', (folder) => rmSync(path.join(folder, 't10k-labels-idx1-ubyte'))],
  ])('is found where it was when there is %s beside the run', async (_, change) => {
    const { root, run, blobs } = places();
    const recorded = recordBlobs(blobs);
    const second = path.join(root, 'second/runs/one');
    cpSync(run, second, { recursive: true });
    const beside = path.join(root, 'second/blobs');
    cpSync(blobs, beside, { recursive: true });
    change(beside);
    expect((await find(recorded, second)).found.source).toMatchObject({ path: blobs });
  });

  it('that is gone is asked for, and found where --data says', async () => {
    const { root, run, blobs } = places();
    const recorded = recordBlobs(blobs);
    const elsewhere = path.join(root, 'elsewhere');
    renameSync(blobs, elsewhere);
    const here = path.resolve(process.env.INIT_CWD ?? '', 'blobs');
    await expect(find(recorded, run)).rejects.toThrow(
      new DataError(
        `${run}: expected the data set blobs of this run, got nothing in ${blobs}, nothing in ${here}; name its folder with --data`,
      ),
    );
    expect((await find(recorded, run, elsewhere)).found.name).toBe('elsewhere');
  });

  it('is refused where --data names another', async () => {
    const { run, blobs } = places();
    const recorded = recordBlobs(blobs);
    exchange(blobs);
    await expect(find(recorded, run, blobs)).rejects.toThrow(
      new DataError(
        `${run}: expected the data set blobs of this run, got one with another SHA-256 in ${blobs}; name its folder with --data`,
      ),
    );
  });

  it('named mnist is that folder, not the built-in data set', async () => {
    const { first, run, blobs } = places();
    const folder = path.join(first, 'mnist');
    renameSync(blobs, folder);
    const source = { kind: 'folder', relativePath: '../../mnist', absolutePath: folder } as const;
    const recorded = recordOf(loadIdxFolder(folder), source);
    expect(recorded.name).toBe('mnist');
    expect((await find(recorded, run)).found.source).toMatchObject({
      kind: 'folder',
      path: folder,
    });
  });
});

it('a program’s run on a folder records it as the command does', async () => {
  const { run: out, blobs } = places();
  const model = { input: [1, 10, 10], layers: [flatten(), dense({ units: 3 })] };
  const data = loadIdxFolder(path.relative(process.cwd(), blobs));
  const { record } = await train({ model, data, out, epochs: 1, workers: 0 });
  const source = { kind: 'folder', relativePath: '../../blobs', absolutePath: blobs };
  expect(record.data.source).toEqual(source);
  expect(record.command).toContain(` --data ${path.relative(process.cwd(), blobs)} --epochs 1 `);
  expect((await find(record.data, out)).found.sha256).toEqual(data.sha256);
});

it('MNIST is the installed one', async () => {
  const recorded = recordOf(loadMnist(), { kind: 'mnist' });
  expect((await find(recorded, '/run')).found.source).toEqual({ kind: 'mnist' });
});

it('synthetic data are made with the same options', async () => {
  const options = { seed: 3, trainSamples: 8, testSamples: 5 };
  const data = synthetic({ sampleShape: [1, 6, 7], classes: 3, ...options });
  const { found } = await find(recordOf(data, { kind: 'synthetic', ...options }), '/run');
  expect(found.train.images).toEqual(data.train.images);
  expect(found.test.count).toBe(5);
});

it('synthetic data that a run.json makes huge are not made', async () => {
  const recorded = recordOf(synthetic({ sampleShape: [1, 2, 2], classes: 2, trainSamples: 4 }));
  const source = { kind: 'synthetic', trainSamples: 1e15 } as const;
  await expect(find({ ...recorded, source }, '/run')).rejects.toThrow(
    new DataError(
      '/run: expected the data set synthetic of this run, got synthetic of 4000000000000000 bytes, more than 2147483648; name its folder with --data',
    ),
  );
});

it('the data of a program are asked for, and may lie in files by now', async () => {
  const { run, blobs } = places();
  const read = loadIdxFolder(blobs);
  const data = { ...read, name: 'mine', sha256: {}, source: undefined };
  const recorded = recordOf(data, { kind: 'object' });
  await expect(find(recorded, run)).rejects.toThrow(
    new DataError(
      `${run}: expected the data set mine of this run, got none: a program made it; that program alone can train again, or go on by resume(directory, { chooseData }); if files have the same images by now, name them with --data`,
    ),
  );
  expect((await find(recorded, run, blobs)).found.name).toBe('blobs');
});

describe('an earlier run, which has only a name', () => {
  it('on mnist is on the installed one', async () => {
    expect((await find(recordOf(loadMnist()), '/run')).found.source).toEqual({ kind: 'mnist' });
  });

  it('on a folder named mnist is not', async () => {
    const { run, blobs } = places();
    const recorded = { ...recordOf(loadIdxFolder(blobs)), name: 'mnist' };
    const here = path.resolve(process.env.INIT_CWD ?? '', 'mnist');
    await expect(find(recorded, run)).rejects.toThrow(
      new DataError(
        `${run}: expected the data set mnist of this run, got one with another SHA-256 in mnist, nothing in ${here}; name its folder with --data`,
      ),
    );
    expect((await find(recorded, run, blobs)).found.name).toBe('blobs');
  });

  it('on synthetic data gets these', async () => {
    const data = synthetic({ sampleShape: [1, 2, 2], classes: 3 });
    const recorded = { ...recordOf(data), sha256: {} };
    expect((await find(recorded, '/run')).found.train.images).toEqual(data.train.images);
  });
});
