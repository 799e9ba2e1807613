// One number of a feature map, step by step, in the kernels' own order and precision: float32, bias
// first, then channels, rows and columns of the window. The sum is the activation to the last bit.
import { branchesOf, type ResolvedLayer } from '@convbook/layers';
import type { LayerValues } from '@convbook/runtime/network';

/** A place of the window, and what it adds. */
export interface Term {
  /** Channel, row and column of the input. */
  channel: number;
  row: number;
  column: number;
  input: number;
  weight: number;
  /** Rounded to float32; 0 where the window is outside of the input. */
  product: number;
  isOutside: boolean;
  /** The sum so far: bias, and all products up to this one. */
  after: number;
}

export interface PixelExplanation {
  /** `[channels, height, width]` of the window; of a grouped convolution the channels of the filter's group. */
  window: readonly [number, number, number];
  terms: Term[];
  bias: number;
  sum: number;
}

/** One number of a residual block: what its layers give, and what its shortcut adds. */
export interface SumExplanation {
  layers: number;
  shortcut: number;
  sum: number;
}

/** Whether a layer is a sum of two branches, which `explainSum` takes apart. */
export function isSum({ branches }: ResolvedLayer): boolean {
  return branches !== undefined;
}

/** How the value of a residual block at a place comes about, of the block's input and the values inside it. */
export function explainSum(
  layer: ResolvedLayer,
  input: Float32Array,
  inner: LayerValues['inner'],
  place: number,
): SumExplanation {
  const { body, shortcut } = branchesOf(layer) ?? { body: [], shortcut: null };
  const outputOf = ({ name }: ResolvedLayer) => inner.get(name)?.output ?? new Float32Array();
  const layers = outputOf(body[body.length - 1])[place];
  const added = (shortcut ? outputOf(shortcut) : input)[place];
  return { layers, shortcut: added, sum: Math.fround(layers + added) };
}

/** Whether `explainPixel` knows how this layer computes. */
export function canExplain({ spec, window, parameters }: ResolvedLayer): boolean {
  if (spec.kind === 'dense') return parameters[0].shape.length === 2;
  return spec.kind === 'conv2d' && window !== null;
}

/** How the value of one filter or unit at a place comes about; a unit has only row 0 and column 0. */
export function explainPixel(
  layer: ResolvedLayer,
  parameters: Readonly<Record<string, Float32Array>>,
  input: Float32Array,
  filter: number,
  row: number,
  column: number,
): PixelExplanation {
  const window = windowOf(layer);
  const [channels, height, width] = window;
  const [, inputHeight = 1, inputWidth = 1] = layer.inputShape;
  const { stride = [1, 1], padding = [0, 0], dilation = [1, 1] } = layer.window ?? {};
  const bias = parameters.bias?.[filter] ?? 0;
  const first = firstChannel(layer, filter);
  const terms: Term[] = [];
  let sum = bias;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const fromRow = row * stride[0] - padding[0] + y * dilation[0];
        const fromColumn = column * stride[1] - padding[1] + x * dilation[1];
        const isOutside =
          fromRow < 0 || fromColumn < 0 || fromRow >= inputHeight || fromColumn >= inputWidth;
        const place = ((first + c) * inputHeight + fromRow) * inputWidth + fromColumn;
        const value = isOutside ? 0 : input[place];
        const weight = parameters.weight[((filter * channels + c) * height + y) * width + x];
        const product = isOutside ? 0 : Math.fround(value * weight);
        if (!isOutside) sum = Math.fround(sum + product);
        const at = { channel: first + c, row: fromRow, column: fromColumn };
        terms.push({ ...at, input: value, weight, product, isOutside, after: sum });
      }
    }
  }
  return { window, terms, bias, sum };
}

/** The first channel that a filter reads: of a grouped convolution that of its group. */
export function firstChannel({ spec, filters, inputShape }: ResolvedLayer, filter: number): number {
  if (spec.kind !== 'conv2d' || filters === null) return 0;
  const { groups = 1 } = spec;
  return Math.floor((filter * groups) / filters) * (inputShape[0] / groups);
}

function windowOf({ spec, window, inputShape }: ResolvedLayer): [number, number, number] {
  if (spec.kind === 'conv2d' && window)
    return [inputShape[0] / (spec.groups ?? 1), ...window.kernelSize];
  return [inputShape.reduce((product, length) => product * length, 1), 1, 1];
}
