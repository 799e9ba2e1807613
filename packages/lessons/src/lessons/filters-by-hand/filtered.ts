import { conv2d } from '@convbook/layers';
import type { Compute } from '../../figure/compute.ts';
import { cellAt, type Cell } from '../../figure/rows.ts';
import { filterSide } from './filters.ts';
import type { GreyImage } from './grey-image.ts';

/** What a convolution of one filter, stride 1 and no padding makes of an image. */
export function filtered(
  compute: Compute,
  { side, values }: GreyImage,
  weights: readonly number[],
): GreyImage {
  const layer = conv2d({ filters: 1, kernelSize: filterSide });
  const output = compute.run([1, side, side], [layer], values, { 'conv1.weight': weights });
  return { side: output.shape[2], values: output.values };
}

/** The products of a window and the filter, row by row; their sum is the output at `row` and `column`. */
export function productsAt(
  { side, values }: GreyImage,
  weights: readonly number[],
  { row, column }: Cell,
): { readonly inside: number[]; readonly products: number[] } {
  const inside = weights.map((_, k) => {
    const weight = cellAt(k, filterSide);
    return values[(row + weight.row) * side + column + weight.column];
  });
  return { inside, products: inside.map((value, k) => value * weights[k]) };
}
