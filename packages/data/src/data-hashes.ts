import { createHash } from 'node:crypto';
import type { Dataset } from './dataset.ts';

/**
 * SHA-256 that tell a data set from others, in hexadecimal: of each source file by name; of the samples, as
 * `samples`, where no file is named.
 */
export function dataHashes(data: Dataset): Record<string, string> {
  if (Object.keys(data.sha256).length > 0) return data.sha256;
  return { samples: samplesHash(data) };
}

/**
 * Whether the data set is the one that a run recorded these hashes of. No hashes, as earlier runs have of
 * sets without files, fit sets without files.
 */
export function hasHashes(data: Dataset, recorded: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(recorded);
  if (names.join() === 'samples') return samplesHash(data) === recorded.samples;
  return (
    names.length === Object.keys(data.sha256).length &&
    names.every((name) => data.sha256[name] === recorded[name])
  );
}

function samplesHash({ sampleShape, train, test }: Dataset): string {
  const hash = createHash('sha256').update(JSON.stringify([sampleShape, train.count, test.count]));
  for (const { images, labels } of [train, test]) hash.update(images).update(labels);
  return hash.digest('hex');
}
