import { pictureImage, type Picture } from '@convbook/page/images';
import { html, type Html } from '@convbook/page/markup';
import { cellAt, padRows, toRows } from '../../figure/rows.ts';
import { mark, surface } from '../../figure/surface.ts';
import {
  brightness,
  columnsOf,
  matrixOf,
  placeOf,
  rowsOf,
  side,
  type BatchState,
} from './batch.ts';

/** Places of the matrix that a finger can press, at most; many rows share one. */
const mostBands = 100;
export const bandsOf = (state: BatchState) => Math.min(rowsOf(state), mostBands);

/** The colour of a channel at full brightness. */
const colors = [
  [235, 90, 75],
  [80, 180, 95],
  [85, 130, 240],
] as const;

/** The channels of the image that the row comes from, each with the window. */
export function imagePictures(state: BatchState): Html {
  const number = placeOf(state).image + 1;
  return html`<div class="im2col-part">
    <p>${{ en: `Image ${number}, its channels`, ko: `이미지 ${number}의 채널` }}</p>
    <div class="lesson-row im2col-images">
      ${Array.from({ length: state.channels }, (_, channel) => channelPicture(state, channel))}
    </div>
  </div>`;
}

function channelPicture(state: BatchState, channel: number): Html {
  const { padding, kernel, stride } = state;
  const { image, row, column } = placeOf(state);
  const pixels = [...Array(side ** 2).keys()].map((pixel) => brightness(image, pixel));
  const rows = padRows(toRows(pixels, side), padding);
  const size = [rows.length, rows.length] as const;
  const picture = paint(size, (y, x) => [rows[y][x], channel]);
  const window = { row: row * stride, column: column * stride, height: kernel, width: kernel };
  const { row: top, column: left } = window;
  return html`<div class="im2col-image" style="--rows:${size[0]};--columns:${size[1]}">
    ${surface({
      part: `im2col-image-${channel}`,
      size,
      at: window,
      label: {
        en: `Channel ${channel + 1} with the window; arrow keys move it`,
        ko: `윈도우가 놓인 채널 ${channel + 1}. 화살표 키로 옮깁니다`,
      },
      content: html`${pictureImage(picture, {
        en: `The window covers rows ${top + 1} to ${top + kernel} and columns ${left + 1} to ${left + kernel}.`,
        ko: `윈도우가 ${top + 1}–${top + kernel}행, ${left + 1}–${left + kernel}열을 덮고 있습니다.`,
      })}
      ${mark(window, size)}`,
    })}
  </div>`;
}

/** The matrix, a pixel a number, with the chosen row. */
export function matrixPicture(state: BatchState): Html {
  const [rows, columns] = [rowsOf(state), columnsOf(state)];
  const { data } = matrixOf(state);
  const picture = paint([rows, columns], (row, column) => [
    data[row * columns + column],
    Math.floor(column / state.kernel ** 2),
  ]);
  return html`<div class="im2col-part">
    <p>${{ en: `Matrix (${rows}, ${columns})`, ko: `행렬 (${rows}, ${columns})` }}</p>
    <div class="im2col-rows ${rows > 40 && 'many'}" style="--rows:${rows};--columns:${columns}">
      ${surface({
        part: 'im2col-rows',
        size: [bandsOf(state), 1],
        at: { row: state.at, column: 0 },
        keys: [rows, 1],
        label: {
          en: 'Rows of the matrix; arrow keys move',
          ko: '행렬의 행. 화살표 키로 옮깁니다',
        },
        content: html`${pictureImage(picture, {
          en: `The matrix has ${rows} rows and ${columns} columns; every channel fills ${state.kernel ** 2} columns of its own. Row ${state.at + 1} is chosen.`,
          ko: `행렬은 ${rows}행 ${columns}열이고, 채널마다 열 ${state.kernel ** 2}개를 차지합니다. ${state.at + 1}행을 골랐습니다.`,
        })}
        ${mark({ row: state.at, column: 0, height: 1, width: 1 }, [rows, 1], 'im2col-mark')}`,
      })}
    </div>
  </div>`;
}

/** @param valueAt Brightness and channel of a place. */
function paint(
  [height, width]: readonly [number, number],
  valueAt: (row: number, column: number) => readonly [value: number, channel: number],
): Picture {
  const data = new Uint8Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const { row, column } = cellAt(pixel, width);
    const [value, channel] = valueAt(row, column);
    data.set(
      colors[channel].map((color) => Math.round(color * value)),
      pixel * 3,
    );
  }
  return { height, width, channels: 3, data };
}
