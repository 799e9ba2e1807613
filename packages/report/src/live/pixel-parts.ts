/// <reference lib="dom" />
// The numbers that make a pixel, by what kind of layer makes it; each leads down to the pixel that it is.
import { make } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import type { ResponseExplanation, SoftmaxExplanation } from './explain-across.ts';
import { indexOf } from './explain-place.ts';
import type { WindowExplanation } from './explain-window.ts';
import { nameOfInput } from './input-names.ts';
import { numberGrid } from './number-grid.ts';
import { numberTable, type ListLine } from './number-list.ts';
import { pixelName, type LayerPixel } from './layer-pixel.ts';
import { productParts } from './product-parts.ts';
import type { ShownPixel } from './shown-pixel.ts';

/** What the numbers of a pixel can do. */
export interface PixelActions {
  /** Goes down to the pixel that is read at an index of the input; null where that is the image. */
  wayDown(index: number): (() => void) | null;
  goTo(pixel: LayerPixel): void;
  chooseChannel(channel: number): void;
}

/** The two numbers that a block adds, by `pixelsAdded`. */
export interface Added {
  readonly layers: LayerPixel | null;
  readonly shortcut: LayerPixel | null;
}

/** The parts of the page that show the numbers; none where the sentence says them all. */
export function partsOf(shown: ShownPixel, actions: PixelActions, added: Added): HTMLElement[] {
  const { explanation } = shown;
  switch (explanation.by) {
    case 'products':
      return productParts(shown, explanation, actions);
    case 'window':
      return windowParts(shown, explanation, actions);
    case 'sum':
      return [leads([added.layers, added.shortcut], actions)];
    case 'each':
      return eachParts(shown, actions);
    case 'softmax':
      return [softmaxTable(shown, explanation, actions)];
    case 'response':
      return [responseTable(shown, explanation, actions)];
    default:
      return explanation satisfies never;
  }
}

/** Larger windows are told by their sentence alone. */
const mostSide = 11;

function windowParts(
  { pixel: { one, place } }: ShownPixel,
  { pooling, places, width }: WindowExplanation,
  actions: PixelActions,
): HTMLElement[] {
  if (width > mostSide || places.length / width > mostSide) return [];
  const cells = places.map(({ row, column, ...at }) => {
    const index = indexOf(one.layer.inputShape, { map: place.map, row, column });
    const follow = at.isOutside ? null : actions.wayDown(index);
    const link = follow && { name: nameOfInput(one, index), follow };
    return { ...at, isKept: pooling !== 'mean' && at.isKept && !at.isOutside, link };
  });
  return [numberGrid({ en: 'Window', ko: '윈도우' }, cells, width)];
}

function eachParts({ pixel: { one, place } }: ShownPixel, actions: PixelActions): HTMLElement[] {
  const index = indexOf(one.layer.inputShape, place);
  const follow = actions.wayDown(index);
  return follow ? [leadsPart([{ name: nameOfInput(one, index), follow }])] : [];
}

function leads(pixels: readonly (LayerPixel | null)[], actions: PixelActions): HTMLElement {
  return leadsPart(
    pixels.flatMap((pixel) =>
      pixel ? [{ name: pixelName(pixel), follow: () => actions.goTo(pixel) }] : [],
    ),
  );
}

/** Buttons that lead down. */
function leadsPart(ways: readonly { readonly name: Text; follow(): void }[]): HTMLElement {
  const part = make('p', { en: 'Made from ', ko: '만든 값: ' }, { class: 'leads' });
  ways.forEach(({ name, follow }, k) => {
    const button = make('button', name, { type: 'button', class: 'link-button' });
    button.addEventListener('click', follow);
    part.append(...(k === 0 ? [] : [' + ']), button);
  });
  return part;
}

function softmaxTable(
  shown: ShownPixel,
  { inputs, powers }: SoftmaxExplanation,
  actions: PixelActions,
): HTMLElement {
  const lines = inputs.map((input, channel) =>
    lineOf(shown, actions, channel, [input, powers[channel]]),
  );
  const title = { en: 'What the probabilities are made from', ko: '확률을 만드는 값' };
  return numberTable(
    title,
    [inputColumn, xColumn, { en: 'e^(x − largest)', ko: 'e^(x − 최댓값)' }],
    lines,
  );
}

function responseTable(
  shown: ShownPixel,
  { first, inputs }: ResponseExplanation,
  actions: PixelActions,
): HTMLElement {
  const lines = inputs.map((input, k) =>
    lineOf(shown, actions, first + k, [input, Math.fround(input * input)]),
  );
  const title = { en: 'Neighbouring maps at this place', ko: '이 위치의 이웃한 맵들' };
  return numberTable(title, [inputColumn, xColumn, { en: 'x²', ko: 'x²' }], lines);
}

const inputColumn: Text = { en: 'Input', ko: '입력' };
const xColumn: Text = { en: 'x', ko: 'x' };

function lineOf(
  { pixel: { one, place } }: ShownPixel,
  actions: PixelActions,
  map: number,
  values: readonly number[],
): ListLine {
  const index = indexOf(one.layer.inputShape, { ...place, map });
  return { name: nameOfInput(one, index), values, follow: actions.wayDown(index) };
}
