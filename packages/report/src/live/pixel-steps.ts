/// <reference lib="dom" />
// The steps after a pixel: the normalization, activation and pooling that follow its layer, one after another.
import { make } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import type { LayerValues, Predictor } from '@convbook/runtime/network';
import { changesEach } from './explain-each.ts';
import { explainPlace, valueOf, type Place } from './explain-place.ts';
import { canPool } from './explain-window.ts';
import type { LayerPixel } from './layer-pixel.ts';
import { digits } from './numbers.ts';
import { wordsOf } from './pixel-words.ts';
import type { ShownLayer } from './shown-layers.ts';

/** The steps after a layer up to the next one that mixes pixels, as items of a list. */
export function stepsAfter(
  model: Pick<Predictor, 'parametersOf'>,
  all: readonly ShownLayer[],
  start: LayerPixel,
  answer: LayerValues,
): HTMLElement[] {
  const steps: HTMLElement[] = [];
  let before = start;
  for (const layer of start.one.after) {
    const one = all.find((other) => other.layer.name === layer.name);
    const place = one && placeIn(one, before.place);
    if (one === undefined || place === undefined) break;
    steps.push(make('li', stepText(model, { one, place }, before, answer)));
    if (canPool(layer)) break;
    before = { one, place };
  }
  return steps;
}

/** Where a layer puts what it makes of a pixel; undefined where it makes it from others, too, or drops it. */
function placeIn({ layer }: ShownLayer, place: Place): Place | undefined {
  const { inputShape, outputShape, window } = layer;
  if (!canPool(layer)) {
    return changesEach(layer) && inputShape.join() === outputShape.join() ? place : undefined;
  }
  if (window === null) return undefined;
  const { stride, padding, kernelSize } = window;
  const [row, column] = [place.row, place.column].map((at, axis) => {
    const count = outputShape[axis + 1] ?? 1;
    const found = Math.min(count - 1, Math.floor((at + padding[axis]) / stride[axis]));
    return at - (found * stride[axis] - padding[axis]) < kernelSize[axis] ? found : -1;
  });
  return row < 0 || column < 0 ? undefined : { map: place.map, row, column };
}

function stepText(
  model: Pick<Predictor, 'parametersOf'>,
  { one, place }: LayerPixel,
  before: LayerPixel,
  answer: LayerValues,
): Text {
  const { name } = one.layer;
  const explained = explainPlace(model, one, answer, place);
  const words = wordsOf(explained);
  const result = digits(valueOf(explained));
  const note =
    explained.by === 'window' ? fate(explained.pooling, isKept(explained, before)) : null;
  return {
    en: `${name}: ${words.en} = ${result}${note === null ? '' : `; ${note.en}`}`,
    ko: `${name}: ${words.ko} = ${result}${note === null ? '' : `. ${note.ko}`}`,
  };
}

/** Whether a window keeps the pixel before it. */
function isKept(
  { places }: Extract<ReturnType<typeof explainPlace>, { by: 'window' }>,
  { place: { row, column } }: LayerPixel,
): boolean {
  return places.some((one) => one.isKept && one.row === row && one.column === column);
}

function fate(pooling: string, isOwn: boolean): Text | null {
  if (pooling === 'mean') return null;
  return isOwn
    ? { en: 'this pixel is kept', ko: '이 픽셀이 남습니다' }
    : { en: 'another pixel is kept', ko: '다른 픽셀이 남습니다' };
}
