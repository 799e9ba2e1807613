import type { LayerValues, Predictor } from '@convbook/runtime/network';
import {
  explainResponse,
  explainSoftmax,
  isResponse,
  isSoftmax,
  type ResponseExplanation,
  type SoftmaxExplanation,
} from './explain-across.ts';
import { changesEach, explainEach, type EachExplanation } from './explain-each.ts';
import {
  explainPixel,
  explainSum,
  isSum,
  type PixelExplanation,
  type SumExplanation,
} from './explain-pixel.ts';
import { canPool, explainWindow, type WindowExplanation } from './explain-window.ts';
import type { ShownLayer } from './shown-layers.ts';

/** A number of a layer's output: its map or unit, and its place there, all from 0. */
export interface Place {
  readonly map: number;
  readonly row: number;
  readonly column: number;
}

/** How a number comes about, by what kind of layer gives it. */
export type Explanation =
  | ({ readonly by: 'products' } & PixelExplanation)
  | ({ readonly by: 'sum' } & SumExplanation)
  | ({ readonly by: 'window' } & WindowExplanation)
  | ({ readonly by: 'each' } & EachExplanation)
  | ({ readonly by: 'softmax' } & SoftmaxExplanation)
  | ({ readonly by: 'response' } & ResponseExplanation);

/** The index of a place in the values of a layer of this shape. */
export function indexOf([, height = 1, width = 1]: readonly number[], place: Place): number {
  return (place.map * height + place.row) * width + place.column;
}

/** The place of an index, as `indexOf` counts. */
export function placeAt([, height = 1, width = 1]: readonly number[], index: number): Place {
  return {
    map: Math.floor(index / (height * width)),
    row: Math.floor(index / width) % height,
    column: index % width,
  };
}

/** How a number of a layer that `canShow` comes about, in the kernels' own order and precision. */
export function explainPlace(
  model: Pick<Predictor, 'parametersOf'>,
  { layer, input }: ShownLayer,
  answer: LayerValues,
  place: Place,
): Explanation {
  const { map, row, column } = place;
  const x = input(answer);
  const index = indexOf(layer.outputShape, place);
  if (isSum(layer)) return { by: 'sum', ...explainSum(layer, x, answer.inner, index) };
  if (canPool(layer)) return { by: 'window', ...explainWindow(layer, x, map, row, column) };
  const [, height = 1, width = 1] = layer.outputShape;
  const position = index % (height * width);
  if (isSoftmax(layer)) return { by: 'softmax', ...explainSoftmax(layer, x, map, position) };
  if (isResponse(layer)) return { by: 'response', ...explainResponse(layer, x, map, position) };
  const parameters = model.parametersOf(layer);
  if (changesEach(layer)) return { by: 'each', ...explainEach(layer, parameters, x[index], map) };
  return { by: 'products', ...explainPixel(layer, parameters, x, map, row, column) };
}

/** The number that an explanation comes to. */
export function valueOf(explanation: Explanation): number {
  return explanation.by === 'products' || explanation.by === 'sum'
    ? explanation.sum
    : explanation.value;
}
