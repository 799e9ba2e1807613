// Sliders that figures with windows share.
import type { Control, RangeControl } from '../../figure/figure.ts';
import { numberRange } from '../../figure/number-range.ts';
import { typedNumbers } from '../../figure/typed-numbers.ts';
import { side } from './kinds.ts';
import { windowsAcross, withinReach, type Windows } from './windows.ts';

export const sizeControl = <State extends Windows>(): RangeControl<State> =>
  numberRange('size', { en: 'Window', ko: '윈도우' }, [1, side], withinReach);

export const strideControl = <State extends Windows>(): RangeControl<State> =>
  numberRange('stride', { en: 'Stride', ko: '스트라이드' }, [1, side], withinReach);

export function placeControl<State extends Windows>(): RangeControl<State> {
  return {
    kind: 'range',
    label: { en: 'Place', ko: '위치' },
    least: 1,
    most: (state) => windowsAcross(state) ** 2,
    get: ({ at }) => at + 1,
    set: (state, place) => ({ ...state, at: place - 1 }),
    plays: true,
  };
}

/** The numbers of the input, to type in. */
export function inputControl<State extends { readonly x: readonly number[] }>(): Control<State> {
  return {
    kind: 'numbers',
    label: { en: 'Change the numbers', ko: '입력값 바꾸기' },
    columns: side,
    get: ({ x }) => x,
    set: (state, x) => ({ ...state, x: typedNumbers(x) }),
  };
}
