import { html } from '@convbook/page/markup';
import type { Figure } from '../../figure/figure.ts';
import { movedWindow } from '../../figure/moved-window.ts';
import { numberRange } from '../../figure/number-range.ts';
import { bandsOf, imagePictures, matrixPicture } from './batch-pictures.ts';
import { placeOf, rowsOf, side, windowsOf, type BatchState } from './batch.ts';
import { placeText, sizesText } from './batch-words.ts';

/** A choice that other settings have made impossible becomes the nearest. */
const kept = (state: BatchState): BatchState => ({
  ...state,
  at: Math.min(state.at, rowsOf(state) - 1),
});

/** The matrix of a batch as a picture, and the window of each row. */
export const batchFigure: Figure<BatchState> = {
  id: 'im2col-batch',
  start: { images: 1, channels: 3, kernel: 5, stride: 1, padding: 0, filters: 30, at: 4 },
  controls: [
    numberRange('images', { en: 'Images', ko: '이미지 수' }, [1, 10], kept),
    numberRange('channels', { en: 'Channels', ko: '채널' }, [1, 3], kept),
    numberRange('kernel', { en: 'Window', ko: '윈도우' }, [2, side], kept),
    numberRange('stride', { en: 'Stride', ko: '스트라이드' }, [1, 4], kept),
    numberRange('padding', { en: 'Padding', ko: '패딩' }, [0, 2], kept),
    numberRange('filters', { en: 'Filters', ko: '필터 수' }, [1, 64], kept),
    {
      kind: 'range',
      label: { en: 'Row', ko: '행' },
      least: 1,
      most: rowsOf,
      get: ({ at }) => at + 1,
      set: (state, row) => ({ ...state, at: row - 1 }),
      plays: true,
    },
  ],
  view: (state) =>
    html`${imagePictures(state)} ${matrixPicture(state)}
      <p class="lesson-sum" data-say>${placeText(state)}</p>
      ${sizesText(state)}`,
  choose(state, { part, row, column, by }) {
    if (part === 'im2col-rows') {
      const isHeld = by === 'press' || by === 'drag';
      return { ...state, at: isHeld ? rowOfBand(state, row) : row };
    }
    const across = windowsOf(state);
    const now = placeOf(state);
    const { stride, kernel } = state;
    const grip = Math.floor(kernel / 2);
    const move = (from: number, place: number) =>
      movedWindow({ from, place, by, stride, across, grip });
    const window = move(now.row, row) * across + move(now.column, column);
    return { ...state, at: now.image * across ** 2 + window };
  },
};

/** The row in the middle of a place that a finger can press. */
function rowOfBand(state: BatchState, band: number): number {
  return Math.floor(((band + 0.5) * rowsOf(state)) / bandsOf(state));
}
