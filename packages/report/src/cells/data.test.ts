import { join } from 'node:path';
import { samplePicture, toPngUrl } from '@convbook/page/images';
import { pageText } from '@convbook/page/testing';
import { readRun, type DatasetRecord } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { dataCell } from './data.ts';

test('names the classes that a set lacks', async () => {
  const run = readRun(writeSyntheticRun(join(temporaryFolder(), 'run'), {}));
  const { dataset } = run;
  if (dataset === null) throw new Error('expected a run that describes its data');
  const rendered = async (shown: DatasetRecord) => {
    const content = await dataCell.render({ ...run, dataset: shown }, null, null);
    return pageText(String(content)).replaceAll(/\s+/g, ' ');
  };
  const perClass = dataset.train.perClass.map((count, label) => (label === 2 ? 0 : count));
  const lacking = { ...dataset, train: { ...dataset.train, perClass } };
  const sentence = `Classes without training images: ${dataset.classNames[2]}.`;
  expect(await rendered(lacking)).toContain(sentence);
  expect(await rendered({ ...dataset, validation: lacking.train })).toContain(
    'Classes without validation images',
  );
});

test('shows samples of each class, and each fault with its images', async () => {
  const run = readRun(writeSyntheticRun(join(temporaryFolder(), 'run'), {}));
  if (run.dataset === null) throw new Error('expected a run that describes its data');
  const shape = [3, 1, 2];
  const bytes = (...values: number[]) => Buffer.from(values).toString('base64');
  const image = bytes(255, 0, 0, 255, 0, 0);
  const place = (set: 'train' | 'test', index: number, label: number) => ({ set, index, label });
  const dataset: DatasetRecord = {
    ...run.dataset,
    samples: { shape, classes: run.dataset.classNames.map((_, k) => (k === 0 ? image : '')) },
    faults: {
      shape,
      found: [
        {
          kind: 'leak',
          count: 9,
          groups: 8,
          shown: [
            { image, places: [{ ...place('train', 3, 1), path: 'a/1.png' }, place('test', 5, 2)] },
          ],
        },
        { kind: 'repeat', count: 1234, groups: 4, shown: [] },
      ],
    },
    files: {
      layout: 'a folder a class',
      sizes: { smallest: [3, 4], middle: [5, 6], largest: [70, 80] },
      damaged: 2,
      passedOver: { 'hidden and system files': 7 },
    },
  };
  const content = String(await dataCell.render({ ...run, dataset }, null, null));
  const url = toPngUrl(samplePicture([255, 0, 0, 255, 0, 0], shape));
  expect(content.split(url).length - 1).toBe(2);
  const text = pageText(content).replaceAll(/\s+/g, ' ');
  for (const sentence of [
    'Training images that are also test images: 9.',
    'Training images that repeat another: 1,234.',
    'a/1.png',
    'test image 5',
    'The first 1 of 8.',
    'Its pictures have 3 × 4 to 70 × 80 pixels, the middle one 5 × 6.',
    'Passed over: 2 damaged pictures; hidden and system files (7).',
  ]) {
    expect(text).toContain(sentence);
  }
  expect(content).toContain('First training images of class');
});
