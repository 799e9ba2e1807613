// What every loss says about itself. A new loss is a file that exports a LossKind, a line in registry.ts
// and a row in losses.test.ts.
import type { Expected, LossSum, Tensor } from '@convbook/core';
import type { Call, Place } from '../plan/place.ts';

/** Where a shard's loss kernel finds what it reads and writes, in lane layout. */
export interface LossPlaces {
  /** Gradient of the outputs; 0 for none. */
  readonly dX: Place | 0;
  readonly x: Place;
  readonly labels: Place;
  /** 0: one-hot, from the labels. */
  readonly targets: Place | 0;
  readonly classes: number;
  /** Bytes from a class to the next. */
  readonly stride: number;
  readonly count: number;
  /** A float64 for each class. */
  readonly scratch: Place;
  readonly result: Place;
}

export interface LossKind<Spec extends { readonly name: string }> {
  readonly defaults: Spec;
  /** What each setting may be. */
  readonly expected: Readonly<Record<string, Expected>>;
  plan(spec: Spec, places: LossPlaces): Call;
  /** The sum over samples in plain loops; x and targets `[n, classes]`. */
  reference(spec: Spec, x: Tensor, targets: Tensor): LossSum;
}

/** The places in the order that the kernels of `losses.ts` take them. */
export function leadingValues(places: LossPlaces) {
  const { dX, x, labels, targets, classes, stride, count } = places;
  return [dX, x, labels, targets, classes, stride, count] as const;
}
