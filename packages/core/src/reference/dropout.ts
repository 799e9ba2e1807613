import { keyOf, philox, Purpose } from '../random.ts';

/** The values that decide a sample's random numbers in a training step. */
export interface Draws {
  readonly seed: number;
  readonly epoch: number;
  /** Data-set index of each sample of the batch. */
  readonly indexes: ArrayLike<number>;
}

/** Last word of the Philox counter for dropout in layer `layer` of a model. */
export function dropoutPurpose(layer: number): number {
  return layer * 256 + Purpose.dropout;
}

/** Random words below this are dropped. */
export function dropoutThreshold(rate: number): number {
  return Math.floor(rate * 0x100000000);
}

/** `[sample][element]`: 0 where dropped, `1 / (1 − rate)` where kept; elements in NCHW order. */
export function dropoutMask(
  { seed, epoch, indexes }: Draws,
  layer: number,
  rate: number,
  elements: number,
): Float64Array {
  const mask = new Float64Array(indexes.length * elements);
  const words = new Uint32Array(4);
  const threshold = dropoutThreshold(rate);
  const keep = Math.fround(1 / (1 - rate));
  for (let n = 0; n < indexes.length; n++)
    for (let p = 0; p < elements; p++) {
      if (p % 4 === 0) {
        philox([p / 4, indexes[n], epoch, dropoutPurpose(layer)], keyOf(seed), words);
      }
      mask[n * elements + p] = words[p % 4] >= threshold ? keep : 0;
    }
  return mask;
}
