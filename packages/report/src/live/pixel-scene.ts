/// <reference lib="dom" />
// Where a pixel comes from and where it is: the image with the region that it sees, what its layer reads with the
// window, and its map with the pixel itself.
import { describe, make, paintInput, say } from '@convbook/page/browser';
import { divergingPicture, largestSize, tilePictures } from '@convbook/page/pixels';
import type { Text } from '@convbook/page/text';
import type { LayerValues } from '@convbook/runtime/network';
import { receptiveField } from '@convbook/runtime/explain';
import type { Explanation, Place } from './explain-place.ts';
import type { PixelExplanation } from './explain-pixel.ts';
import { sourceOf } from './input-names.ts';
import { createMapChoice } from './map-choice.ts';
import { markedCanvas, onPixel, type Area } from './marked-canvas.ts';
import { short } from './numbers.ts';
import { paintPicture, paintValues } from './paint-values.ts';
import type { ShownLayer } from './shown-layers.ts';

/** A chosen pixel of a layer, how it came about, and the image that went through the model. */
export interface ChosenPixel {
  readonly one: ShownLayer;
  readonly place: Place;
  readonly explanation: Explanation;
  readonly answer: LayerValues;
  readonly bytes: Uint8Array;
}

/** Most maps whose products with a unit's weights are shown. */
const mostMaps = 64;

/** Puts the pictures into a part of the page; `choose` receives the pixel that is clicked or moved to. */
export function createPixelScene(
  part: HTMLElement,
  inputShape: readonly number[],
  choose: (place: Place) => void,
) {
  const [, height, width] = inputShape;
  const [image, source, own] = [figureOf(height, width), figureOf(1, 1), figureOf(1, 1)];
  let current: ChosenPixel | null = null;
  const maps = createMapChoice((map) => current && choose({ ...current.place, map }));
  const { canvas } = own.marked;
  for (const { marked } of [source, own]) marked.canvas.classList.add('tinted');
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  onPixel(canvas, (row, column) => current && choose({ ...current.place, row, column }));
  canvas.addEventListener('keydown', (event) => {
    const [down, right] = arrows[event.key] ?? [0, 0];
    if (current === null || (down === 0 && right === 0)) return;
    event.preventDefault();
    const { map, row, column } = current.place;
    choose({ map, row: row + down, column: column + right });
  });
  part.append(image.figure, source.figure, own.figure, maps.part);
  const paint = whileNear(part, () => {
    if (current === null) return;
    showImage(image, current, inputShape);
    showSource(source, current);
    showMap(own, current);
    maps.show(current.one, current.answer, current.place.map);
  });
  return {
    show(chosen: ChosenPixel) {
      current = chosen;
      paint();
    },
  };
}

/** A painter that works while the part is in or near the window, or printed: a drawing above it waits for nothing. */
function whileNear(part: HTMLElement, paint: () => void): () => void {
  let [isNear, isStale] = [false, true];
  const paintIfStale = () => {
    if (!isStale) return;
    isStale = false;
    paint();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      isNear = entries.some(({ isIntersecting }) => isIntersecting);
      if (isNear) paintIfStale();
    },
    { rootMargin: '50%' },
  );
  observer.observe(part);
  addEventListener('beforeprint', paintIfStale);
  return () => {
    isStale = true;
    if (isNear) paintIfStale();
  };
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function figureOf(height: number, width: number) {
  const figure = make('figure', '', { class: 'scene-part' });
  const [caption, marked] = [make('figcaption'), markedCanvas(height, width)];
  describe(marked.canvas, 'aria-label', { en: 'No pixel yet', ko: '아직 픽셀이 없음' });
  figure.append(caption, marked.frame);
  return { figure, caption, marked };
}
type Figure = ReturnType<typeof figureOf>;

function showImage(
  { caption, marked }: Figure,
  { one, place, bytes }: ChosenPixel,
  inputShape: readonly number[],
): void {
  paintInput(marked.canvas, bytes, inputShape);
  const field = receptiveField([...one.before, one.layer]);
  const text =
    field === null
      ? { en: 'The image: all of it is read', ko: '이미지: 전체를 읽습니다' }
      : {
          en: `The image: this pixel sees ${field.size.join('×')} of it`,
          ko: `이미지: 이 픽셀의 수용 영역 ${field.size.join('×')}`,
        };
  say(caption, text);
  describe(marked.canvas, 'aria-label', text);
  const [, height, width] = inputShape;
  marked.mark(
    field === null
      ? { row: 0, column: 0, height, width }
      : {
          row: field.start[0] + place.row * field.jump[0],
          column: field.start[1] + place.column * field.jump[1],
          height: field.size[0],
          width: field.size[1],
        },
  );
}

/** Shows the input of the layer: one map with the window, or the products of a unit with all maps. */
function showSource({ figure, caption, marked }: Figure, chosen: ChosenPixel): void {
  const { one, place, explanation, answer } = chosen;
  const { name, shape } = sourceOf(one);
  const [, height, width] = shape;
  const isUnit = one.layer.outputShape.length === 1 && explanation.by === 'products';
  figure.hidden = width === undefined || (name === null && !isUnit) || explanation.by === 'sum';
  if (figure.hidden) return;
  let text: Text;
  if (isUnit && explanation.by === 'products') {
    paintPicture(marked.canvas, productMaps(explanation, shape));
    text = {
      en: `Products with ${name ?? 'the image'}, map by map`,
      ko: `${name ?? '이미지'}와의 곱, 맵마다`,
    };
    marked.mark(null);
  } else {
    const { map, added } = readMap(explanation, place);
    const values = one.input(answer).subarray(map * height * width, (map + 1) * height * width);
    paintPicture(marked.canvas, divergingPicture(values, height, width, largestSize(values)));
    text = sourceText(String(name), map, added);
    marked.mark(windowOf(one, place, [height, width]));
  }
  say(caption, text);
  describe(marked.canvas, 'aria-label', text);
}

function sourceText(name: string, map: number, added: number | null): Text {
  if (added === null) return { en: `${name}, map ${map + 1}`, ko: `${name} 맵 ${map + 1}` };
  return {
    en: `${name}, map ${map + 1}, which adds most: ${short(added)}`,
    ko: `${name} 맵 ${map + 1}, 가장 크게 더함: ${short(added)}`,
  };
}

/** The map that is shown of those that a pixel reads: the one whose products add most. */
function readMap(explanation: Explanation, place: Place): { map: number; added: number | null } {
  if (explanation.by !== 'products') return { map: place.map, added: null };
  const [channels, height, width] = explanation.window;
  const sums = Array.from({ length: channels }, (_, channel) =>
    explanation.terms
      .slice(channel * height * width, (channel + 1) * height * width)
      .reduce((sum, { product }) => sum + product, 0),
  );
  const map = sums.reduce((best, sum, k) => (Math.abs(sum) > Math.abs(sums[best]) ? k : best), 0);
  return { map, added: sums[map] };
}

/** The window of a pixel on what its layer reads. */
function windowOf(
  { layer: { window } }: ShownLayer,
  { row, column }: Place,
  [height, width]: readonly number[],
): Area {
  if (window === null) return { row, column, height: 1, width: 1 };
  const { kernelSize, stride, padding, dilation } = window;
  const [rows, columns] = kernelSize.map((size, axis) => (size - 1) * dilation[axis] + 1);
  return {
    row: row * stride[0] - padding[0],
    column: column * stride[1] - padding[1],
    height: Math.min(rows, height + padding[0]),
    width: Math.min(columns, width + padding[1]),
  };
}

/** The products of a unit with what it reads, as the maps that this was. */
function productMaps({ terms }: PixelExplanation, [channels, height, width]: readonly number[]) {
  const products = terms.map(({ product }) => product);
  const [limit, area] = [largestSize(products), height * width];
  const pictures = Array.from({ length: Math.min(channels, mostMaps) }, (_, map) =>
    divergingPicture(products.slice(map * area, (map + 1) * area), height, width, limit),
  );
  return tilePictures(pictures, Math.ceil(Math.sqrt(pictures.length)));
}

/** The map itself, with the pixel; a layer without maps has none. */
function showMap({ figure, caption, marked }: Figure, { one, place, answer }: ChosenPixel): void {
  const { name, outputShape } = one.layer;
  const [, height, width] = outputShape;
  figure.hidden = width === undefined;
  if (figure.hidden) return;
  const area = height * width;
  const values = one.output(answer).subarray(place.map * area, (place.map + 1) * area);
  if (marked.canvas.width !== width) marked.canvas.width = width;
  if (marked.canvas.height !== height) marked.canvas.height = height;
  paintValues(marked.canvas, values, largestSize(values));
  marked.mark({ row: place.row, column: place.column, height: 1, width: 1 });
  const map = place.map + 1;
  say(caption, {
    en: `${name}, map ${map}: click or use the arrow keys`,
    ko: `${name} 맵 ${map}: 누르거나 화살표 키로 옮기기`,
  });
  describe(marked.canvas, 'aria-label', {
    en: `${name}, map ${map}, row ${place.row + 1}, column ${place.column + 1}; arrow keys move the pixel`,
    ko: `${name} 맵 ${map} ${place.row + 1}행 ${place.column + 1}열. 화살표 키로 픽셀을 옮깁니다`,
  });
}
