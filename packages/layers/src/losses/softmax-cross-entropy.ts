import { softCrossEntropyReference, upToOne } from '@convbook/core';
import { call } from '../calls/place.ts';
import { leadingValues, type LossKind } from './loss-kind.ts';

export interface SoftmaxCrossEntropySpec {
  readonly name: 'softmax-cross-entropy';
  /** Share of each target that is spread evenly over the classes (Szegedy et al., 2016). */
  readonly labelSmoothing: number;
}

/** −Σ t · log softmax(x), for one class of several. */
export const softmaxCrossEntropy: LossKind<SoftmaxCrossEntropySpec> = {
  defaults: { name: 'softmax-cross-entropy', labelSmoothing: 0 },
  expected: { labelSmoothing: upToOne },
  plan({ labelSmoothing }, places) {
    const { dX, x, labels, targets, classes, stride, count, scratch, result } = places;
    return labelSmoothing === 0 && targets === 0
      ? call('softmaxCrossEntropy', dX, x, labels, classes, stride, count, scratch, result)
      : call('softCrossEntropy', ...leadingValues(places), labelSmoothing, result);
  },
  reference: ({ labelSmoothing }, x, targets) =>
    softCrossEntropyReference(x, targets, labelSmoothing),
};
