// Images read from a file, sample by sample: the bytes of a run whose images are in memory.
import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ChangedSamplesError, synthetic } from '@convbook/data';
import { batchNorm, conv2d, dense, flatten, relu } from '@convbook/layers';
import { expect, test } from 'vitest';
import { resume } from './resume.ts';
import { temporaryFolder } from './testing/folder.ts';
import { hashesOf, recordOf } from './testing/run-files.ts';
import { streamed } from './testing/streamed.ts';
import { train, type TrainOptions } from './train.ts';

const shape = [3, 7, 6] as const;
const memory = synthetic({ sampleShape: shape, classes: 3, trainSamples: 60, testSamples: 21 });
const model = {
  name: 'colour',
  input: [...shape],
  layers: [
    conv2d({ filters: 4, kernelSize: 3, padding: 1 }),
    batchNorm(),
    relu(),
    flatten(),
    dense({ units: 3 }),
  ],
};
const augment = {
  shift: 1,
  rotation: 10,
  scale: 0.1,
  elastic: 1,
  flip: 0.5,
  crop: 2,
  brightness: 0.2,
  contrast: 0.2,
  saturation: 0.3,
  erase: 0.4,
};
const settings = {
  model,
  batchSize: 13,
  shardSize: 4,
  validation: 9,
  epochs: 2,
  seed: 5,
  standardize: true,
  classWeights: 'balanced',
} as const;

async function run(options: Partial<TrainOptions>): Promise<string> {
  const out = temporaryFolder();
  await train({ ...settings, data: memory, workers: 0, ...options, out });
  return out;
}

test.each([
  ['every augmentation', augment],
  ['no augmentation', null],
])('%s: the files of memory for 0, 1, 2 and 3 workers, and after a resume', async (_, varied) => {
  const data = streamed(memory, temporaryFolder());
  const expected = await run({ augment: varied });
  const hashes = hashesOf(expected);
  for (const workers of [0, 1, 2, 3]) {
    const out = await run({ augment: varied, data, workers });
    expect(hashesOf(out), `${workers} workers`).toEqual(hashes);
    expect(recordOf(out).data).toMatchObject({ sha256: recordOf(expected).data.sha256 });
  }
  const cut = await run({ augment: varied, stopAfter: 3, checkpointEvery: 1 });
  await resume(cut, { chooseData: () => data, workers: 2 });
  expect(hashesOf(cut)).toEqual(hashes);
});

test('the estimate says that images are not in memory, and why', async () => {
  let estimate: unknown;
  const onStart: TrainOptions['onStart'] = (_, __, memory) => (estimate = memory);
  await run({ data: streamed(memory, temporaryFolder()), onStart, epochs: 1 });
  expect(estimate).toMatchObject({ streamed: { bytes: 81 * 126, reason: 'for a test' } });
  await run({ onStart, epochs: 1 });
  expect(estimate).toMatchObject({ streamed: null });
});

test.each([
  ['changed', (file: string) => writeFileSync(file, new Uint8Array(60 * 129)), 'other bytes'],
  ['cut', (file: string) => truncateSync(file, 0), 'the end of the file'],
])(
  'a file that is %s while workers train ends the run; a resume goes on',
  async (_, spoil, got) => {
    const folder = temporaryFolder();
    const out = temporaryFolder();
    const file = path.join(folder, 'train');
    const running = train({
      ...settings,
      data: streamed(memory, folder),
      workers: 2,
      out,
      checkpointEvery: 1,
      onEvent: (event) => {
        if (event.event === 'epoch') spoil(file);
      },
    });
    await expect(running).rejects.toThrow(ChangedSamplesError);
    await expect(running).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(
        new RegExp(
          `^${file}: expected image \\d+ of the decoded pictures as it was written, got ${got}; go on with --resume, which decodes them again$`,
        ),
      ) as unknown,
    });
    expect(recordOf(out).status).toBe('failed');
    await resume(out, { chooseData: () => streamed(memory, folder), workers: 0 });
    expect(hashesOf(out)).toEqual(hashesOf(await run({})));
  },
);
