/// <reference lib="dom" />
import { paintInput } from '@convbook/page/browser';
import { receptiveField, type ReceptiveField } from '@convbook/runtime/explain';
import { onDrag } from './marked-canvas.ts';
import { sceneFigure } from './scene-figure.ts';
import type { ShownPixel } from './shown-pixel.ts';
import type { ShownLayer } from './shown-layers.ts';

/** The image with the region that the pixel sees; `choose` hears to which row and column this is dragged. */
export function createSceneImage(
  inputShape: readonly number[],
  choose: (row: number, column: number) => void,
) {
  const [, height, width] = inputShape;
  const picture = sceneFigure(height, width);
  let field: ReceptiveField | null = null;
  onDrag(picture.canvas, (y, x) => {
    if (field === null) return;
    const [row, column] = [y, x].map((at, side) => nearest(field, side, at));
    choose(row, column);
  });
  return {
    figure: picture.figure,
    show({ pixel: { one, place }, bytes }: ShownPixel) {
      paintInput(picture.canvas, bytes, inputShape);
      field = fieldOf(one);
      picture.say(textOf(field));
      picture.mark(field === null ? { row: 0, column: 0, height, width } : areaOf(field, place));
    },
  };
}

/** The receptive field of the pixels of a layer; null where each sees the whole image. */
export function fieldOf({ before, layer }: ShownLayer): ReceptiveField | null {
  return receptiveField([...before, layer]);
}

/** The position whose field has its middle nearest to a place of the image. */
function nearest(field: ReceptiveField | null, side: number, at: number): number {
  if (field === null) return 0;
  const { start, size, jump } = field;
  return Math.round((at - start[side] - size[side] / 2) / jump[side]);
}

function areaOf({ start, size, jump }: ReceptiveField, place: { row: number; column: number }) {
  return {
    row: start[0] + place.row * jump[0],
    column: start[1] + place.column * jump[1],
    height: size[0],
    width: size[1],
  };
}

function textOf(field: ReceptiveField | null) {
  return field === null
    ? { en: 'The image: all of it is read', ko: '이미지: 전체를 읽습니다' }
    : {
        en: `The image: this pixel sees ${field.size.join('×')} of it`,
        ko: `이미지: 이 픽셀의 수용 영역 ${field.size.join('×')}`,
      };
}
