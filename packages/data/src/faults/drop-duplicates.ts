import { DataError } from '@convbook/core';
import { samplesHash } from '../data-hashes.ts';
import type { Dataset } from '../dataset.ts';
import { takeSamples } from '../take-samples.ts';
import { areLabelsMixed } from './find-faults.ts';
import { findCopies, type Place } from './image-copies.ts';

/**
 * The data set without the training images that also test the model, that repeat another, or whose copies have
 * different labels: of repeated ones the first is kept, of those with different labels none. Test images stay. Its
 * hash is that of the samples that are left, and a note counts the others.
 *
 * @throws DataError when no training image is left.
 */
export function dropDuplicates(data: Dataset): Dataset {
  const { train, test, files, sampleShape } = data;
  const dropped = findDropped(data);
  const kept = Array.from(train.labels.keys()).filter((index) => !dropped.has(index));
  if (kept.length === 0) {
    throw new DataError(
      `${data.name}: expected training images that are no copies, got ${train.count} copies; keep them, or add others`,
    );
  }
  const samples = { sampleShape, train: takeSamples(train, kept), test };
  return {
    ...data,
    ...samples,
    sha256: { samples: samplesHash(samples) },
    files: files && { ...files, train: kept.map((index) => files.train[index]) },
    attribution: `${data.attribution}; ${dropped.size} copies are left out of training`,
    notes: [...(data.notes ?? []), noteOf(dropped, train.count)],
  };
}

const reasons = [
  'that also test the model',
  'with copies of another label',
  'that repeat others',
] as const;
type Reason = (typeof reasons)[number];

/** Training images that are left out, and why. */
function findDropped(data: Dataset): Map<number, Reason> {
  return new Map(
    findCopies(data).flatMap((group) => {
      const trained = group.filter(({ set }) => set === 'train');
      const reason = reasonOf(data, group, trained);
      const left = reason === 'that repeat others' ? trained.slice(1) : trained;
      return left.map(({ index }) => [index, reason] as const);
    }),
  );
}

function reasonOf(data: Dataset, group: readonly Place[], trained: readonly Place[]): Reason {
  if (trained.length < group.length) return 'that also test the model';
  return areLabelsMixed(data, group) ? 'with copies of another label' : 'that repeat others';
}

function noteOf(dropped: ReadonlyMap<number, Reason>, all: number): string {
  const given = [...dropped.values()];
  const counts = reasons.flatMap((reason) => {
    const count = given.filter((one) => one === reason).length;
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${reason}`];
  });
  const [left, of] = [dropped.size, all].map((count) => count.toLocaleString('en-US'));
  return `left out: ${[`${left} of ${of} training images`, ...counts].join(', ')}`;
}
