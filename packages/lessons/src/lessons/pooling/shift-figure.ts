import { formatPercent, html, type Html } from '@convbook/page/markup';
import { digitValues, readDigits } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { kindOptions, toKind } from './kinds.ts';
import { shiftCurves } from './shift-curves.ts';
import { shiftPictures } from './shift-pictures.ts';
import { centred, reach, shareChanged, shiftDigit, sizes, type ShiftState } from './shift.ts';

/** A digit and the same digit shifted, before and after pooling. */
export const shiftPlay: Figure<ShiftState> = {
  id: 'pooling-shift',
  data: ['some-digits'],
  start: { digit: 2, right: 1, down: 0, size: 2, kind: 'max' },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Digit', ko: '숫자' },
      options: Array.from({ length: 10 }, (_, k) => ({ value: String(k), text: String(k) })),
      get: ({ digit }) => String(digit),
      set: (state, value) => ({ ...state, digit: Number(value) }),
    },
    {
      kind: 'range',
      label: { en: 'Shift right', ko: '오른쪽으로' },
      least: -reach,
      most: () => reach,
      get: ({ right }) => right,
      set: (state, right) => ({ ...state, right }),
    },
    {
      kind: 'range',
      label: { en: 'Shift down', ko: '아래로' },
      least: -reach,
      most: () => reach,
      get: ({ down }) => down,
      set: (state, down) => ({ ...state, down }),
    },
    {
      kind: 'range',
      label: { en: 'Window and stride', ko: '윈도우와 스트라이드' },
      least: 0,
      most: () => sizes.length - 1,
      get: ({ size }) => size,
      set: (state, size) => ({ ...state, size }),
      shown: (size) => `${sizes[size]}×${sizes[size]}`,
    },
    {
      kind: 'choice',
      label: { en: 'Layer', ko: '층' },
      options: kindOptions.filter(({ value }) => value !== 'min'),
      get: ({ kind }) => kind,
      set: (state, value) => ({ ...state, kind: toKind(value) }),
    },
  ],
  view,
};

export const shiftFigure = defineFigure(shiftPlay);

function view(state: ShiftState, compute: Compute): Html {
  const pixels = digitValues(readDigits(compute.data('some-digits')), state.digit * 3);
  const digit = shiftDigit(compute, centred(compute, pixels), state);
  const size = sizes[state.size];
  const share = shareChanged(compute, digit, state.kind, size);
  const before = shareChanged(compute, digit, state.kind, 1);
  const [all, some] = [formatPercent(before, 0), formatPercent(share, 0)];
  return html`<div class="lesson-row">
      <div class="pooling-shift">
        ${[1, size].map((own) => shiftPictures(compute, digit, state.kind, own))}
      </div>
      ${shiftCurves(compute, digit, state)}
    </div>
    <p class="lesson-sum" data-say>
      ${{
        en: `The shift changes ${all} of the pixels that have ink, and ${some} of the outputs of ${size}×${size} windows that see ink.`,
        ko: `숫자를 옮기면 획이 있는 픽셀은 ${all}가 바뀌고, 획이 보이는 ${size}×${size} 윈도우의 출력은 ${some}가 바뀝니다.`,
      }}
    </p>`;
}
