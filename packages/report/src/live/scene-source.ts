/// <reference lib="dom" />
// The input of a pixel's layer: one of its maps with the window, or the products of a unit with all of them.
import { largestSize } from '@convbook/core';
import { divergingPicture, tilePictures } from '@convbook/page/pixels';
import type { Text } from '@convbook/page/text';
import type { PixelExplanation } from './explain-pixel.ts';
import type { Place } from './explain-place.ts';
import { sourceOf } from './input-names.ts';
import { onDrag, type Area } from './marked-canvas.ts';
import { short } from './numbers.ts';
import { paintPicture } from './paint-values.ts';
import { shownChannel } from './shown-channel.ts';
import { sceneFigure } from './scene-figure.ts';
import type { ShownLayer } from './shown-layers.ts';
import type { ShownPixel } from './shown-pixel.ts';

/** Most maps whose products with a unit's weights are shown. */
const mostMaps = 64;

/** `choose` hears to which row and column the window is dragged. */
export function createSceneSource(choose: (row: number, column: number) => void) {
  const picture = sceneFigure(1, 1);
  const { figure, canvas } = picture;
  canvas.classList.add('tinted');
  let current: ShownLayer | null = null;
  onDrag(canvas, (y, x) => {
    const window = current && windowAt(current);
    if (window) choose(window.positionAt(0, y), window.positionAt(1, x));
  });
  return {
    figure,
    show(shown: ShownPixel) {
      const { one } = shown.pixel;
      const { explanation } = shown;
      const { name, shape } = sourceOf(one);
      const isUnit = one.layer.outputShape.length === 1 && explanation.by === 'products';
      current = null;
      figure.hidden = shape.length !== 3 || !(isUnit || readsMap(shown, name));
      if (figure.hidden) return;
      if (isUnit) {
        paintPicture(canvas, productMaps(explanation, shape));
        picture.say(productsText(name));
        picture.mark(null);
        return;
      }
      current = one;
      showMap(picture, shown, String(name), shape);
    },
  };
}

/** Whether a pixel is made from places of one map at a time; that of the image is shown as it is. */
function readsMap(
  { pixel: { one }, explanation: { by } }: ShownPixel,
  name: string | null,
): boolean {
  if (name === null) return false;
  return (
    by === 'window' || (one.layer.outputShape.length === 3 && (by === 'products' || by === 'each'))
  );
}

function showMap(
  picture: ReturnType<typeof sceneFigure>,
  { pixel: { one, place }, explanation, answer, ...state }: ShownPixel,
  name: string,
  [, height, width]: readonly number[],
): void {
  const shown = explanation.by === 'products' ? shownChannel(explanation, state) : null;
  const map = shown?.channel ?? place.map;
  const values = one.input(answer).subarray(map * height * width, (map + 1) * height * width);
  paintPicture(picture.canvas, divergingPicture(values, height, width, largestSize(values)));
  picture.say(sourceText(name, map, shown?.adds ?? null));
  picture.mark(windowAt(one).areaOf(place, [height, width]));
}

function productsText(name: string | null): Text {
  return {
    en: `Products with ${name ?? 'the image'}, map by map`,
    ko: `${name ?? '이미지'}와의 곱, 맵마다`,
  };
}

function sourceText(name: string, map: number, adds: number | null): Text {
  if (adds === null) return { en: `${name}, map ${map + 1}`, ko: `${name} 맵 ${map + 1}` };
  return {
    en: `${name}, map ${map + 1}, which adds ${short(adds)}`,
    ko: `${name} 맵 ${map + 1}, 더하는 값 ${short(adds)}`,
  };
}

/** The place of a layer's window on its input, and the pixel whose window is nearest to a place. */
function windowAt({ layer: { window } }: ShownLayer) {
  const { kernelSize, stride, padding, dilation } = window ?? onePixel;
  const reach = kernelSize.map((size, axis) => (size - 1) * dilation[axis] + 1);
  return {
    areaOf: ({ row, column }: Place, [height, width]: readonly number[]): Area => ({
      row: row * stride[0] - padding[0],
      column: column * stride[1] - padding[1],
      height: Math.min(reach[0], height + padding[0]),
      width: Math.min(reach[1], width + padding[1]),
    }),
    positionAt: (axis: 0 | 1, at: number) =>
      Math.round((at + padding[axis] - reach[axis] / 2) / stride[axis]),
  };
}

const onePixel = { kernelSize: [1, 1], stride: [1, 1], padding: [0, 0], dilation: [1, 1] } as const;

/** The products of a unit with what it reads, as the maps that this was. */
function productMaps({ terms }: PixelExplanation, [channels, height, width]: readonly number[]) {
  const products = terms.map(({ product }) => product);
  const [limit, area] = [largestSize(products), height * width];
  const pictures = Array.from({ length: Math.min(channels, mostMaps) }, (_, map) =>
    divergingPicture(products.slice(map * area, (map + 1) * area), height, width, limit),
  );
  return tilePictures(pictures, Math.ceil(Math.sqrt(pictures.length)));
}
