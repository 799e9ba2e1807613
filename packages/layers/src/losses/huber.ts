import { aboveZero } from '@convbook/core/checks';
import { elementLossReference } from '@convbook/core/reference';
import { planElementLoss } from './element-loss.ts';
import type { LossKind } from './loss-kind.ts';

export interface HuberSpec {
  readonly name: 'huber';
  /** The error from which on the loss is linear instead of squared. */
  readonly delta: number;
}

/** Mean over classes of (x − t)² / 2 within ±delta, else delta · (|x − t| − delta / 2). */
export const huber: LossKind<HuberSpec> = {
  defaults: { name: 'huber', delta: 1 },
  expected: { delta: aboveZero },
  takesClassWeights: false,
  plan: ({ delta }, places) => planElementLoss('huber', places, delta),
  reference: ({ delta }, x, targets) => elementLossReference('huber', x, targets, delta),
};
