import { softCrossEntropyReference } from '@convbook/core/reference';
import { upToOne } from '@convbook/core/checks';
import { call } from '../calls/call.ts';
import type { LossKind } from './loss-kind.ts';

/** Softmax cross-entropy as plain data. */
export interface SoftmaxCrossEntropySpec {
  readonly name: 'softmax-cross-entropy';
  /** Share of each target that is spread evenly over the classes (Szegedy et al., 2016). */
  readonly labelSmoothing: number;
}

/** −Σ t · log softmax(x), for one class of several. */
export const softmaxCrossEntropy: LossKind<SoftmaxCrossEntropySpec> = {
  defaults: { name: 'softmax-cross-entropy', labelSmoothing: 0 },
  expected: { labelSmoothing: upToOne },
  takesClassWeights: true,
  plan({ labelSmoothing }, places) {
    const { dX, x, labels, targets, classes, laneBytes, count, scratch, weights, result } = places;
    if (labelSmoothing === 0 && targets === null) {
      return call('softmaxCrossEntropy', {
        dX,
        x,
        labels,
        classes,
        laneBytes,
        count,
        scratch,
        weights,
        result,
      });
    }
    return call('softCrossEntropy', {
      dX,
      x,
      labels,
      targets,
      classes,
      laneBytes,
      count,
      smoothing: labelSmoothing,
      weights,
      result,
    });
  },
  reference: ({ labelSmoothing }, x, targets, weights) =>
    softCrossEntropyReference(x, targets, labelSmoothing, weights),
};
