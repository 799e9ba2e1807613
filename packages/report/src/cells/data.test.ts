import { join } from 'node:path';
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
