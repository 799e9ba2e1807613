import { balancedClassWeights, type ImageSet } from '@convbook/data/images';
import type { Configuration } from '@convbook/run/settings';

/** The numbers of a run that its training samples decide. */
export interface MeasuredData {
  /** In the loss, by class; null where all weigh the same. */
  readonly classWeights: readonly number[] | null;
}

/** @param train The samples that are trained on. */
export function measureData(
  train: ImageSet<ArrayBufferLike>,
  classes: number,
  configuration: Configuration,
): MeasuredData {
  const isBalanced = configuration.classWeights === 'balanced';
  return { classWeights: isBalanced ? balancedClassWeights(train, classes) : null };
}
