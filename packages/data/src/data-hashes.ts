import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Dataset } from './dataset.ts';
import { sampleReader } from './sample-reader.ts';
import { sourceOf } from './source-of.ts';

/**
 * SHA-256 that tell a data set from others, in hexadecimal: of each source file by name; of the samples, as
 * `samples`, where no file is named or the samples are no longer those of the files.
 */
export function dataHashes(data: Dataset): Record<string, string> {
  const isChanged = data.source !== undefined && sourceOf(data) === undefined;
  if (Object.keys(data.sha256).length > 0 && !isChanged) return data.sha256;
  return { samples: samplesHash(data) };
}

/**
 * Whether the data set is the one that a run recorded these hashes of. Earlier runs have none of sets without
 * files.
 */
export function hasHashes(data: Dataset, recorded: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(recorded).join();
  if (names === '') return Object.keys(data.sha256).length === 0;
  const own = names === 'samples' ? { samples: samplesHash(data) } : dataHashes(data);
  return isDeepStrictEqual(own, recorded);
}

/** SHA-256 of a data set's shape, images and labels, in their order. */
export function samplesHash({
  sampleShape,
  train,
  test,
}: Pick<Dataset, 'sampleShape' | 'train' | 'test'>): string {
  const hash = createHash('sha256').update(JSON.stringify([sampleShape, train.count, test.count]));
  for (const set of [train, test]) {
    const read = sampleReader(set);
    hash.update(set.images);
    // In one piece what is in memory: an update takes a microsecond beside the bytes.
    if (set.file) for (let index = 0; index < set.count; index++) hash.update(read(index));
    hash.update(set.labels);
  }
  return hash.digest('hex');
}
