// The part of the input that a position of a layer's map depends on: Araujo, Norris and Sim, "Computing
// Receptive Fields of Convolutional Neural Networks", 2019.
import type { ResolvedLayer } from '@convbook/layers';

/** Along rows and columns: position p sees `size` places of the input from `start + p·jump` on. */
export interface ReceptiveField {
  readonly size: readonly [number, number];
  readonly jump: readonly [number, number];
  readonly start: readonly [number, number];
}

type Window = Pick<
  NonNullable<ResolvedLayer['window']>,
  'kernelSize' | 'stride' | 'padding' | 'dilation'
>;

/** A place of the input sees itself. */
export const inputField: ReceptiveField = { size: [1, 1], jump: [1, 1], start: [0, 0] };

type Layer = Pick<ResolvedLayer, 'window' | 'outputShape' | 'branches'>;

/** The receptive field of each position of the last layer's output; null where that is no map. */
export function receptiveField(layers: readonly Layer[]): ReceptiveField | null {
  return throughLayers(inputField, layers);
}

function throughLayers(from: ReceptiveField, layers: readonly Layer[]): ReceptiveField | null {
  let field: ReceptiveField | null = from;
  for (const { window, outputShape, branches } of layers) {
    if (field === null || outputShape.length !== 3) return null;
    // The shortcut of a block sees a part of what its layers see.
    if (branches) field = throughLayers(field, branches.body);
    else if (window !== null) field = throughWindow(field, window);
  }
  return field;
}

/** The field of a filter or pooling window over positions that have `field`. */
export function throughWindow(
  { size, jump, start }: ReceptiveField,
  { kernelSize, stride, padding, dilation }: Window,
): ReceptiveField {
  const along = (value: (side: 0 | 1) => number): [number, number] => [value(0), value(1)];
  return {
    size: along((side) => size[side] + (kernelSize[side] - 1) * dilation[side] * jump[side]),
    jump: along((side) => jump[side] * stride[side]),
    start: along((side) => start[side] - padding[side] * jump[side]),
  };
}
