import { classicFilters, im2col, outputSize, type Tensor } from '@convbook/core';
import { conv2d } from '@convbook/layers';
import type { Compute } from '../../figure/compute.ts';
import { toRows } from '../../figure/rows.ts';

export const side = 4;
export const filters = 2;

export interface MatrixState {
  /** Two channels, of which the first or both are read. */
  readonly x: readonly number[];
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  /** Row of the matrix: number of the window. */
  readonly at: number;
  /** Column of the matrix: number of the weight. */
  readonly element: number;
  readonly filter: number;
}

/** All that the views show of a state. */
export interface Product {
  /** Window positions along one side. */
  readonly across: number;
  /** `[windows, weights of a filter]`. */
  readonly matrix: readonly (readonly number[])[];
  /** `[weights of a filter, filters]`. */
  readonly weights: readonly (readonly number[])[];
  /** What the layer gives: `[filters][windows]`. */
  readonly maps: readonly (readonly number[])[];
}

/** By filter and channel, 3×3; of a smaller window the upper left corner is used. */
const allWeights = [
  [
    [
      [2, 0, 1],
      [0, 1, 2],
      [1, 0, 2],
    ],
    classicFilters.sharpen,
  ],
  [classicFilters.sobelX, classicFilters.edges],
];

/** Window positions along one side. */
export const windowsOf = ({ kernel, stride, padding }: MatrixState) =>
  outputSize(side, kernel, stride, padding);

/** The matrices of a state, and what the layer makes of the same. */
export function productOf(state: MatrixState, compute: Compute): Product {
  const { kernel, stride, padding, channels } = state;
  const values = state.x.slice(0, channels * side ** 2);
  const image: Tensor = { shape: [1, channels, side, side], data: Float64Array.from(values) };
  const { shape, data } = im2col(image, [kernel, kernel], {
    stride: [stride, stride],
    padding: [padding, padding],
  });
  const byFilter = allWeights.map((planes) =>
    planes
      .slice(0, channels)
      .flatMap((rows) => rows.slice(0, kernel).flatMap((row) => row.slice(0, kernel))),
  );
  const layer = conv2d({ filters, kernelSize: kernel, stride, padding, bias: false });
  const output = compute.run([channels, side, side], [layer], values, {
    'conv1.weight': byFilter.flat(),
  });
  return {
    across: windowsOf(state),
    matrix: toRows([...data], shape[1]),
    weights: byFilter[0].map((_, element) => byFilter.map((weights) => weights[element])),
    maps: toRows(output.values, shape[0]),
  };
}
