// The state of the cell: the chosen pixel, the way that led down to it, and how far the walk over its map has come.
import type { Predictor } from '@convbook/runtime/network';
import { canExplain } from './explain-pixel.ts';
import { isSamePixel, type LayerPixel } from './layer-pixel.ts';
import { boardOf, placeOn, positionOf } from './pixel-board.ts';
import { isRead } from './pixel-uses.ts';
import { moveTo, wholeWalk, type Ground, type Walk } from './pixel-walk.ts';
import type { ShownLayer } from './shown-layers.ts';

export interface PixelState {
  readonly pixel: LayerPixel;
  /** The pixels from which one went down to this one, the highest first; each reads the next. */
  readonly trail: readonly LayerPixel[];
  readonly walk: Walk;
  /** The channel of the window that is shown; null: the one that adds most. */
  readonly channel: number | null;
}

type Model = Pick<Predictor, 'parametersOf'>;

/** The state in which a pixel is shown that nothing led to. */
export function startAt(pixel: LayerPixel, trail: readonly LayerPixel[] = []): PixelState {
  const board = boardOf(pixel.one.layer.outputShape);
  return { pixel, trail, walk: wholeWalk(positionOf(board, pixel.place)), channel: null };
}

/** Another pixel: on the same map the walk goes on from it; the way down is kept where it still leads there. */
export function choosePixel(
  model: Model,
  all: readonly ShownLayer[],
  state: PixelState,
  pixel: LayerPixel,
): PixelState {
  const parent = state.trail.at(-1);
  const trail = parent && isRead(model, all, pixel, parent) ? state.trail : [];
  if (!isOnSameBoard(state.pixel, pixel)) return startAt(pixel, trail);
  const board = boardOf(pixel.one.layer.outputShape);
  return { ...state, pixel, trail, walk: moveTo(state.walk, positionOf(board, pixel.place)) };
}

/** Down to a pixel that the chosen one reads. */
export function goDown({ pixel, trail }: PixelState, below: LayerPixel): PixelState {
  return startAt(below, [...trail, pixel]);
}

/** Up to a pixel that reads the chosen one: the way back where one came from it. */
export function goUp(state: PixelState, above: LayerPixel): PixelState {
  const at = state.trail.findIndex((pixel) => isSamePixel(pixel, above));
  return startAt(above, at < 0 ? [] : state.trail.slice(0, at));
}

/** Where a walk leads, on the same map. */
export function withWalk(
  model: Model,
  all: readonly ShownLayer[],
  state: PixelState,
  walk: Walk,
): PixelState {
  const { one, place } = state.pixel;
  const next = placeOn(boardOf(one.layer.outputShape), place, walk.at);
  const moved = choosePixel(model, all, state, { one, place: next });
  return { ...moved, walk };
}

/** Products that a step at the slowest pace takes in: few enough steps to look on. */
const mostSteps = 50;

/** The places and products that the walk over a layer's output goes over. */
export function groundOf({ layer }: ShownLayer): Ground {
  const { count, width } = boardOf(layer.outputShape);
  const terms = canExplain(layer)
    ? layer.parameters[0].shape.slice(1).reduce((a, b) => a * b, 1)
    : 0;
  return {
    positions: count,
    columns: width,
    terms,
    termsAtOnce: Math.max(1, Math.ceil(terms / mostSteps)),
  };
}

function isOnSameBoard(a: LayerPixel, b: LayerPixel): boolean {
  if (a.one.layer.name !== b.one.layer.name) return false;
  return !boardOf(a.one.layer.outputShape).isMap || a.place.map === b.place.map;
}
