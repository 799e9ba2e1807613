import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { dataHashes, hasHashes } from './data-hashes.ts';
import type { Dataset } from './dataset.ts';
import { loadIdxFolder } from './idx-folder.ts';
import { sourceOf } from './source-of.ts';
import { synthetic } from './synthetic.ts';
import { smallFiles, writeFolder } from './testing/idx-fixture.ts';

const made = () => synthetic({ sampleShape: [1, 2, 3], classes: 2, trainSamples: 4 });

test('files have their own hashes, samples without files one together', () => {
  const folder = writeFolder(smallFiles);
  const read = loadIdxFolder(folder);
  expect(dataHashes(read)).toEqual(read.sha256);
  const { train, test: held } = made();
  const hash = createHash('sha256').update('[[1,2,3],4,1]');
  for (const { images, labels } of [train, held]) hash.update(images).update(labels);
  expect(dataHashes(made())).toEqual({ samples: hash.digest('hex') });
});

test('samples that a program put into a set that was read are its own', () => {
  const read = loadIdxFolder(writeFolder(smallFiles));
  const changed = { ...read, train: read.test };
  expect(sourceOf({ ...read, name: 'another name' })).toBe(read.source);
  expect(sourceOf(changed)).toBeUndefined();
  expect(Object.keys(dataHashes(changed))).toEqual(['samples']);
  expect(hasHashes(changed, dataHashes(read))).toBe(false);
  expect(hasHashes(changed, dataHashes(changed))).toBe(true);
});

const withoutFiles = (data: Dataset): Dataset => ({ ...data, source: undefined, sha256: {} });

test.each<[string, (read: Dataset) => [Dataset, Record<string, string>], boolean]>([
  ['its own files', (read) => [read, { ...read.sha256 }], true],
  ['a file more', (read) => [read, { ...read.sha256, more: '00' }], false],
  ['the same samples', (read) => [read, dataHashes(withoutFiles(read))], true],
  ['other samples', (read) => [made(), dataHashes(withoutFiles(read))], false],
  ['nothing, for a set without files', () => [made(), {}], true],
  ['nothing, for a set with files', (read) => [read, {}], false],
])('the hashes of %s', (_, choose, fits) => {
  const [data, recorded] = choose(loadIdxFolder(writeFolder(smallFiles)));
  expect(hasHashes(data, recorded)).toBe(fits);
});
