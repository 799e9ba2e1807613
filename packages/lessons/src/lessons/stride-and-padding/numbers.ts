// The numbers of "Deep Learning from Scratch" §7.2: a 4×4 input, a 3×3 filter. Larger inputs go on in the same way.
import { col2im } from '@convbook/core';
import { toRows } from '../../figure/rows.ts';
import { sizeOf, type Axis } from './sizes.ts';

const filterOfText = [
  [2, 0, 1],
  [0, 1, 2],
  [1, 0, 2],
];

/** The weights of a filter: the text's where it is 3×3, else 1 everywhere. */
export function filterNumbers(side: number): number[][] {
  if (side === filterOfText.length) return filterOfText;
  return Array.from({ length: side }, () => Array.from({ length: side }, () => 1));
}

/** The numbers 1, 2, 3, 0 over and over, each row one place on. */
export function inputNumbers(size: number): number[][] {
  const places = [...Array(size).keys()];
  return places.map((row) => places.map((column) => (column - row + 1 + size * 4) % 4));
}

/** How many windows read each place of the padded input; none where the filter does not fit. */
export function windowCounts(axis: Axis): number[][] {
  const padded = axis.size + 2 * axis.padding;
  const size = sizeOf(axis);
  const windows = typeof size === 'string' ? 0 : size.outputs ** 2;
  if (windows === 0)
    return toRows(
      Array.from({ length: padded ** 2 }, () => 0),
      padded,
    );
  const taps = axis.filter ** 2;
  const ones = { shape: [windows, taps], data: new Float64Array(windows * taps).fill(1) };
  const settings = { stride: [axis.stride, axis.stride], padding: [0, 0] } as const;
  const kernelSize = [axis.filter, axis.filter] as const;
  const { data } = col2im(ones, [1, 1, padded, padded], kernelSize, settings);
  return toRows([...data], padded);
}
