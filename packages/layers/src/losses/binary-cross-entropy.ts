import { elementLossReference } from '@convbook/core/reference';
import { planElementLoss } from './element-loss.ts';
import type { LossKind } from './loss-kind.ts';

export interface BinaryCrossEntropySpec {
  readonly name: 'binary-cross-entropy';
}

/** Mean over classes of the cross-entropy of sigmoid(x), each class a yes or no of its own. */
export const binaryCrossEntropy: LossKind<BinaryCrossEntropySpec> = {
  defaults: { name: 'binary-cross-entropy' },
  expected: {},
  takesClassWeights: false,
  plan: (_, places) => planElementLoss('binary-cross-entropy', places),
  reference: (_, x, targets) => elementLossReference('binary-cross-entropy', x, targets),
};
