import { allIndexes, limitAndHoldOut, type Sampling } from '@convbook/data/images';
import type { Configuration } from '@convbook/run/settings';
import type { ByEvaluatedSet } from './evaluated-sets.ts';
import type { Images, Subset } from './subset.ts';
import type { PlanSizes } from './training-plan.ts';

/** The samples to train on, and those that are evaluated. */
export interface SplitData {
  readonly train: Subset;
  readonly evaluated: ByEvaluatedSet<Subset>;
}

/** Divides a data set as `limit`, `validation` and `seed` say. */
export function splitData(
  data: { readonly train: Images; readonly test: Images },
  { limit, validation, seed }: Configuration,
  sampling: Sampling = 'stratified',
): SplitData {
  const split = limitAndHoldOut(data.train.labels, { limit, validation, seed, sampling });
  const held = { images: data.train, indexes: split.validation };
  return {
    train: { images: data.train, indexes: split.train },
    evaluated: {
      test: { images: data.test, indexes: allIndexes(data.test.count) },
      validation: held.indexes.length > 0 ? held : null,
    },
  };
}

/** How many samples a plan is made for. */
export function sizesOf({ train, evaluated }: SplitData): Omit<PlanSizes, 'measured' | 'workers'> {
  return {
    trainSamples: train.indexes.length,
    testSamples: evaluated.test.indexes.length,
    validationSamples: evaluated.validation?.indexes.length ?? 0,
  };
}
