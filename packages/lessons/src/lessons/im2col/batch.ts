import { im2col, outputSize, type Tensor } from '@convbook/core';
import { cellAt, type Cell } from '../../figure/rows.ts';

/** Rows and columns of an image: text B's. */
export const side = 7;

export interface BatchState {
  readonly images: number;
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly filters: number;
  /** Row of the matrix. */
  readonly at: number;
}

/** Window positions along one side. */
export const windowsOf = ({ kernel, stride, padding }: BatchState) =>
  outputSize(side, kernel, stride, padding);

export const rowsOf = (state: BatchState) => state.images * windowsOf(state) ** 2;
export const columnsOf = ({ channels, kernel }: BatchState) => channels * kernel ** 2;

/** Where a row of the matrix comes from. */
export function placeOf(state: BatchState): Cell & { readonly image: number } {
  const across = windowsOf(state);
  const image = Math.floor(state.at / across ** 2);
  return { image, ...cellAt(state.at % across ** 2, across) };
}

/** Brightness from 0.2 to 1: each pixel of an image has its own, so that one finds it again in the matrix. */
export function brightness(image: number, pixel: number): number {
  const area = side ** 2;
  return 0.2 + (0.8 * ((17 * pixel + 13 * image) % area)) / (area - 1);
}

/** The matrix of the batch, `[images · windows, channels · kernel · kernel]`. */
export function matrixOf({ images, channels, kernel, stride, padding }: BatchState): Tensor {
  const shape = [images, channels, side, side];
  const data = new Float64Array(images * channels * side ** 2);
  for (let index = 0; index < data.length; index++) {
    const image = Math.floor(index / (channels * side ** 2));
    data[index] = brightness(image, index % side ** 2);
  }
  return im2col({ shape, data }, [kernel, kernel], {
    stride: [stride, stride],
    padding: [padding, padding],
  });
}
