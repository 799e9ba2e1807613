import { elementLossReference } from '@convbook/core/reference';
import { planElementLoss } from './element-loss.ts';
import type { LossKind } from './loss-kind.ts';

export interface MeanAbsoluteSpec {
  readonly name: 'mean-absolute';
}

/** L1: the mean over classes of |x − t|. */
export const meanAbsolute: LossKind<MeanAbsoluteSpec> = {
  defaults: { name: 'mean-absolute' },
  expected: {},
  takesClassWeights: false,
  plan: (_, places) => planElementLoss('mean-absolute', places),
  reference: (_, x, targets) => elementLossReference('mean-absolute', x, targets),
};
