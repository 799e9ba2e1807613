import { binaryCrossEntropy, type BinaryCrossEntropySpec } from './binary-cross-entropy.ts';
import { huber, type HuberSpec } from './huber.ts';
import type { LossKind } from './loss-kind.ts';
import { meanAbsolute, type MeanAbsoluteSpec } from './mean-absolute.ts';
import { meanSquared, type MeanSquaredSpec } from './mean-squared.ts';
import { softmaxCrossEntropy, type SoftmaxCrossEntropySpec } from './softmax-cross-entropy.ts';

/** A loss as plain data. */
export type LossSpec =
  SoftmaxCrossEntropySpec | BinaryCrossEntropySpec | MeanAbsoluteSpec | MeanSquaredSpec | HuberSpec;

/** Every loss there is. */
export const lossKinds: Readonly<Record<LossSpec['name'], LossKind<LossSpec>>> = {
  'softmax-cross-entropy': softmaxCrossEntropy,
  'binary-cross-entropy': binaryCrossEntropy,
  'mean-absolute': meanAbsolute,
  'mean-squared': meanSquared,
  huber,
};

/** A loss, and the answers it compares outputs with. */
export interface LossOptions {
  readonly spec: LossSpec;
  /** Whether targets of every class are given; else they are one-hot, from labels. */
  readonly hasTargets: boolean;
  /** Whether classes are weighed; default not. */
  readonly hasClassWeights?: boolean;
}

/** Softmax cross-entropy of labels. */
export const defaultLoss: LossOptions = {
  spec: lossKinds['softmax-cross-entropy'].defaults,
  hasTargets: false,
};
