// Every loss describes itself by a LossKind. A new loss is a file that exports one, a line in registry.ts
// and a row in losses.test.ts.
import type { Expected } from '@convbook/core/checks';
import type { LossSum } from '@convbook/core/reference';
import type { Tensor } from '@convbook/core';
import type { Call } from '../calls/call.ts';
import type { Place } from '../calls/place.ts';

/** The places that a shard's loss kernel reads and writes, in lane layout. */
export interface LossPlaces {
  /** Gradient of the outputs; null for none. */
  readonly dX: Place | null;
  readonly x: Place;
  readonly labels: Place;
  /** Null: one-hot, from the labels. */
  readonly targets: Place | null;
  readonly classes: number;
  /** Bytes from a class to the next. */
  readonly laneBytes: number;
  readonly count: number;
  /** The weight of each class, float64; null where all are 1. */
  readonly weights: Place | null;
  /** A float64 for each class. */
  readonly scratch: Place;
  readonly result: Place;
}

/** All that the rest of the program knows about a loss. */
export interface LossKind<Spec extends { readonly name: string }> {
  readonly defaults: Spec;
  /** Values that each setting may have. */
  readonly expected: Readonly<Record<string, Expected>>;
  /** Whether it may weigh classes. */
  readonly takesClassWeights: boolean;
  plan(spec: Spec, places: LossPlaces): Call;
  /** The sum over samples in plain loops; x and targets `[n, classes]`. */
  reference(spec: Spec, x: Tensor, targets: Tensor, weights?: ArrayLike<number>): LossSum;
}
