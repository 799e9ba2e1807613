// One number of a pooled map: the window's values, of which one is kept, or their mean in float32.
import type { ResolvedLayer } from '@convbook/layers';

/** How a window becomes one number. */
export type Pooling = 'max' | 'min' | 'mean';

/** A place of the window. */
export interface WindowPlace {
  readonly row: number;
  readonly column: number;
  /** 0 where the window is outside of the input, which then has no part in the result. */
  readonly value: number;
  readonly isOutside: boolean;
  /** Whether it is the number that is kept; of a mean all are. */
  readonly isKept: boolean;
}

export interface WindowExplanation {
  readonly pooling: Pooling;
  /** Places in a row of the window. */
  readonly width: number;
  readonly places: readonly WindowPlace[];
  readonly value: number;
}

const poolings: Readonly<Record<string, Pooling>> = {
  maxPool2d: 'max',
  minPool2d: 'min',
  avgPool2d: 'mean',
  globalAvgPool2d: 'mean',
};

/** Whether `explainWindow` knows how this layer computes. */
export function canPool({ spec, window }: ResolvedLayer): boolean {
  return window !== null && spec.kind in poolings;
}

/** How the number of a pooled map at a place comes about. */
export function explainWindow(
  layer: ResolvedLayer,
  input: Float32Array,
  map: number,
  row: number,
  column: number,
): WindowExplanation {
  const pooling = poolings[layer.spec.kind];
  const all = placesOf(layer, input, map, row, column);
  const inside = all.filter(({ isOutside }) => !isOutside);
  const width = layer.window?.kernelSize[1] ?? 1;
  if (pooling === 'mean') {
    const sum = inside.reduce((total, { value }) => Math.fround(total + value), 0);
    const value = Math.fround(sum / divisorOf(layer, inside.length, row, column));
    return { pooling, width, value, places: all.map((one) => ({ ...one, isKept: true })) };
  }
  const isBetter = (a: number, b: number) => (pooling === 'max' ? a > b : a < b);
  const best = inside.reduce((kept, one) => (isBetter(one.value, kept.value) ? one : kept));
  const places = all.map((one) => ({ ...one, isKept: one === best }));
  return { pooling, width, value: best.value, places };
}

function placesOf(
  { window, inputShape }: ResolvedLayer,
  input: Float32Array,
  map: number,
  row: number,
  column: number,
): Omit<WindowPlace, 'isKept'>[] {
  const [, inputHeight, inputWidth] = inputShape;
  if (window === null) return [];
  const { kernelSize, stride, padding, dilation } = window;
  return Array.from({ length: kernelSize[0] * kernelSize[1] }, (_, k) => {
    const [y, x] = [Math.floor(k / kernelSize[1]), k % kernelSize[1]];
    const fromRow = row * stride[0] - padding[0] + y * dilation[0];
    const fromColumn = column * stride[1] - padding[1] + x * dilation[1];
    const isOutside =
      fromRow < 0 || fromColumn < 0 || fromRow >= inputHeight || fromColumn >= inputWidth;
    const value = isOutside ? 0 : input[(map * inputHeight + fromRow) * inputWidth + fromColumn];
    return { row: fromRow, column: fromColumn, value, isOutside };
  });
}

/** Divisor of the sum: padding counts where the layer says so, a window beyond it never. */
function divisorOf(
  { spec, window, inputShape }: ResolvedLayer,
  inside: number,
  row: number,
  column: number,
): number {
  const countsPadding = spec.kind !== 'avgPool2d' || (spec.countPadding ?? true);
  if (!countsPadding || window === null) return inside;
  const { kernelSize, stride, padding } = window;
  const [rows, columns] = [row, column].map((place, axis) => {
    const first = place * stride[axis];
    return Math.min(first + kernelSize[axis], inputShape[axis + 1] + 2 * padding[axis]) - first;
  });
  return rows * columns;
}
