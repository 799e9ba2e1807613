import type { Standardization } from '@convbook/core';
import { balancedClassWeights, measureStandardization, sampleReader } from '@convbook/data/images';
import type { Configuration } from '@convbook/run/settings';
import type { Subset } from './subset.ts';

/** The numbers of a run that its training samples decide. */
export interface MeasuredData {
  /** In the loss, by class; null where all weigh the same. */
  readonly classWeights: readonly number[] | null;
  /** Null where pixel values are byte / 255. */
  readonly standardization: Standardization | null;
}

interface MeasuredSet {
  readonly sampleShape: readonly [number, number, number];
  readonly classNames: readonly string[];
}

/**
 * The numbers that a configuration needs.
 *
 * @param subset The samples that are trained on.
 * @param taken The scaling of another run whose parameters this one begins with.
 */
export function measureData(
  { images, indexes }: Subset,
  { sampleShape, classNames }: MeasuredSet,
  { classWeights, standardize }: Configuration,
  taken: Standardization | null = null,
): MeasuredData {
  return {
    classWeights:
      classWeights === null
        ? null
        : balancedClassWeights(images.labels, indexes, classNames.length),
    standardization: standardize
      ? (taken ?? measureStandardization(sampleReader(images), indexes, sampleShape))
      : null,
  };
}
