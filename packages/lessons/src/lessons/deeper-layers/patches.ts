// The parts of the hundred digits that excite each filter most, found when the book is made.
import { topPatches } from '@convbook/runtime/explain';
import { digitBytes, readDigits } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import { convolutions, networkOf } from './network.ts';

/** Name of the data with the patches. */
export const patchData = 'deeper-layers-patches';

/** A place of a map, the image it was found in, and its activation. */
export interface FoundPatch {
  readonly index: number;
  readonly row: number;
  readonly column: number;
  readonly activation: number;
}

/** Numbers of a patch as they are stored: image, row, column, activation. */
const width = 4;
/** Patches of a filter. */
const most = 9;

/** The patches of every filter of every convolution, as float32 numbers. */
export function writePatches(compute: Compute): Uint8Array {
  const network = networkOf(compute);
  const digits = readDigits(compute.data('hundred-digits'));
  const indexes = Array.from(digits.labels, (_, index) => index);
  const images = new Map(indexes.map((index) => [index, digitBytes(digits, index)]));
  const found = topPatches(network, convolutions(network), { images }, indexes);
  const numbers = found.flatMap(({ filters }) =>
    filters.flatMap((patches) =>
      patches.flatMap(({ index, row, column, activation }) => [index, row, column, activation]),
    ),
  );
  return new Uint8Array(Float32Array.from(numbers).buffer);
}

/**
 * The strongest patches of a filter, the strongest first.
 *
 * @param first Number of the filter among those of all layers.
 */
export function readPatches(compute: Compute, first: number): FoundPatch[] {
  const bytes = compute.data(patchData);
  const numbers = new Float32Array(new Uint8Array(bytes).buffer);
  const own = numbers.subarray(first * most * width, (first + 1) * most * width);
  return Array.from({ length: most }, (_, k) => {
    const [index, row, column, activation] = own.subarray(k * width, (k + 1) * width);
    return { index, row, column, activation };
  });
}
