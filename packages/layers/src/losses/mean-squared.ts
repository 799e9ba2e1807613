import { elementLossReference } from '@convbook/core/reference';
import { planElementLoss } from './element-loss.ts';
import type { LossKind } from './loss-kind.ts';

export interface MeanSquaredSpec {
  readonly name: 'mean-squared';
}

/** L2: the mean over classes of (x − t)², without the factor ½ of some texts. */
export const meanSquared: LossKind<MeanSquaredSpec> = {
  defaults: { name: 'mean-squared' },
  expected: {},
  takesClassWeights: false,
  plan: (_, places) => planElementLoss('mean-squared', places),
  reference: (_, x, targets) => elementLossReference('mean-squared', x, targets),
};
