/// <reference lib="dom" />
// The output of a pixel's layer, which fills as the walk goes: the map that the pixel is on, or all units.
import { describe, make, say } from '@convbook/page/browser';
import { largestSize } from '@convbook/core';
import { divergingPicture, type Picture } from '@convbook/page/pixels';
import type { Text } from '@convbook/page/text';
import { arrowSteps } from './arrow-keys.ts';
import type { Place } from './explain-place.ts';
import { markedCanvas, onDrag } from './marked-canvas.ts';
import { paintPicture } from './paint-values.ts';
import { boardOf, placeNear, positionOf, valuesOn, type Board } from './pixel-board.ts';
import { isDrawn, type Walk } from './pixel-walk.ts';
import type { ShownPixel } from './shown-pixel.ts';

/** `choose` receives the pixel that is pointed at, or moved to by arrow keys. */
export function createSceneMap(choose: (place: Place) => void) {
  const [figure, caption] = [make('figure'), make('figcaption')];
  const { canvas, frame, mark } = markedCanvas(1, 1);
  canvas.classList.add('tinted');
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  describe(canvas, 'aria-label', { en: 'No pixel yet', ko: '아직 픽셀이 없음' });
  figure.append(caption, frame);
  let current: { board: Board; place: Place } | null = null;
  onDrag(canvas, (y, x) => {
    if (current === null) return;
    choose(placeNear(current.board, current.place, Math.floor(y), Math.floor(x)));
  });
  canvas.addEventListener('keydown', (event) => {
    const [right, down] = arrowSteps[event.key] ?? [0, 0];
    if (current === null || (down === 0 && right === 0)) return;
    event.preventDefault();
    const { board, place } = current;
    const position = positionOf(board, place);
    const row = Math.floor(position / board.width);
    choose(placeNear(board, place, row + down, (position % board.width) + right));
  });
  return {
    figure,
    show(shown: ShownPixel) {
      const { pixel, walk } = shown;
      const board = boardOf(pixel.one.layer.outputShape);
      const values = valuesOn(board, pixel, pixel.one.output(shown.answer));
      current = { board, place: pixel.place };
      figure.className = board.isMap ? 'scene-part' : 'unit-board';
      paintPicture(canvas, walkedPicture(board, values, walk));
      mark(markOf(board, pixel.place));
      const name = nameOf(shown, board);
      say(caption, captionOf(name, walk, board));
      describe(canvas, 'aria-label', labelOf(name, pixel.place, board));
    },
  };
}

/** The values that were computed; grey where none were yet. */
function walkedPicture(board: Board, values: Float32Array, walk: Walk): Picture {
  const { height, width, count } = board;
  const picture = divergingPicture(values, height, width, largestSize(values));
  for (let position = 0; position < height * width; position++) {
    if (position >= count) picture.data[position * 4 + 3] = 0;
    else if (!isDrawn(walk, position)) picture.data.set(notYet, position * 4);
  }
  return picture;
}

const notYet = [128, 128, 128, 64];

function markOf(board: Board, place: Place) {
  const position = positionOf(board, place);
  const row = Math.floor(position / board.width);
  return { row, column: position % board.width, height: 1, width: 1 };
}

function nameOf({ pixel: { one, place } }: ShownPixel, board: Board): Text {
  const { name } = one.layer;
  return board.isMap
    ? { en: `${name}, map ${place.map + 1}`, ko: `${name} 맵 ${place.map + 1}` }
    : { en: `${name}, ${board.count} units`, ko: `${name}의 유닛 ${board.count}개` };
}

function captionOf(name: Text, { visited }: Walk, { count }: Board): Text {
  if (visited !== null) {
    return {
      en: `${name.en}: ${visited.size} of ${count} computed`,
      ko: `${name.ko}: ${count}개 중 ${visited.size}개 계산함`,
    };
  }
  return {
    en: `${name.en}: drag, or use the arrow keys`,
    ko: `${name.ko}: 끌거나 화살표 키로 옮기기`,
  };
}

function labelOf(name: Text, place: Place, { isMap }: Board): Text {
  const at = isMap
    ? {
        en: `row ${place.row + 1}, column ${place.column + 1}`,
        ko: `${place.row + 1}행 ${place.column + 1}열`,
      }
    : { en: `unit ${place.map + 1}`, ko: `유닛 ${place.map + 1}` };
  return {
    en: `${name.en}, ${at.en}; arrow keys move the pixel`,
    ko: `${name.ko} ${at.ko}. 화살표 키로 픽셀을 옮깁니다`,
  };
}
