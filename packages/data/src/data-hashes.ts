import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { formatShape } from '@convbook/core';
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
  if (Object.keys(recorded).length === 0) return Object.keys(data.sha256).length === 0;
  return isDeepStrictEqual(comparableHashes(data, recorded), recorded);
}

function comparableHashes(
  data: Dataset,
  recorded: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.keys(recorded).join() === 'samples'
    ? { samples: samplesHash(data) }
    : dataHashes(data);
}

/** Hashes that are named, at most. */
const mostNamed = 20;

/** The differences between a data set and the one whose hashes a run recorded, a line each. */
export function dataDifferences(
  data: Dataset,
  {
    sha256: recorded,
    sampleShape,
  }: Readonly<{ sha256: Record<string, string>; sampleShape: number[] }>,
): string[] {
  const own = comparableHashes(data, recorded);
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(own)])];
  const lines = names
    .filter((name) => own[name] !== recorded[name])
    .map(
      (name) =>
        `${name}: expected SHA-256 ${recorded[name] ?? 'of no such file'}, got ${own[name] ?? 'none'}`,
    );
  const [expected, got] = [sampleShape, data.sampleShape].map(formatShape);
  const shape = expected === got ? [] : [`images: expected ${expected}, got ${got}`];
  const more = lines.length - mostNamed;
  return [...shape, ...lines.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])];
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
