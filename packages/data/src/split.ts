import { ConfigurationError } from '@convbook/core';
import type { ImageSet } from './dataset.ts';

/** Which training samples are used, and for what. */
export interface Split {
  /** Use only this many samples, from the first; null for all. */
  limit: number | null;
  /** Hold out this many of those, from their end. */
  validation: number;
}

/**
 * The samples to train on, and those held out; views of `set`, not copies.
 *
 * Throws ConfigurationError for a limit that is not an integer from 1 to the samples there are, and
 * for a validation set that is not an integer of at least 0 or leaves nothing to train on.
 */
export function limitAndHoldOut<Memory extends ArrayBufferLike>(
  set: ImageSet<Memory>,
  { limit, validation }: Split,
): { train: ImageSet<Memory>; validation: ImageSet<Memory> } {
  const used = limit ?? set.count;
  checkNumber('limit', used, 1, set.count);
  checkNumber('validation', validation, 0, used - 1);
  const kept = used - validation;
  return { train: range(set, 0, kept), validation: range(set, kept, used) };
}

function range<Memory extends ArrayBufferLike>(
  { images, labels, count }: ImageSet<Memory>,
  begin: number,
  end: number,
): ImageSet<Memory> {
  const bytes = images.length / count;
  return {
    images: images.subarray(begin * bytes, end * bytes),
    labels: labels.subarray(begin, end),
    count: end - begin,
  };
}

function checkNumber(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new ConfigurationError(
    `${name}: expected an integer from ${least} to ${most} training samples, got ${value}; choose one in that range`,
  );
}
