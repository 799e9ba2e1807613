import { formatNumber, html, type Html, type Text } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { grid } from '../../figure/grid.ts';
import { toRows } from '../../figure/rows.ts';
import { inputGradient } from './input-gradient.ts';
import { example, kindOptions, kinds, pooled, side, toKind, type Kind } from './kinds.ts';
import { inputControl, placeControl, sizeControl, strideControl } from './window-controls.ts';
import { chooseWindow, outputPlace, windowArea, windowsAcross, type Windows } from './windows.ts';

interface GradientState extends Windows {
  readonly x: readonly number[];
  readonly kind: Kind;
  /** Whether only the chosen output has a gradient. */
  readonly isAlone: boolean;
}

/** Each output hands its gradient down to the numbers that made it. */
export const gradientPlay: Figure<GradientState> = {
  id: 'pooling-gradient',
  start: { x: example.flat(), kind: 'max', size: 2, stride: 2, at: 4, isAlone: false },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Layer', ko: '층' },
      options: kindOptions,
      get: ({ kind }) => kind,
      set: (state, value) => ({ ...state, kind: toKind(value) }),
    },
    {
      kind: 'choice',
      label: { en: 'Gradients from above', ko: '위에서 오는 기울기' },
      options: [
        { value: 'all', text: { en: '1, 2, 3, …', ko: '1, 2, 3, …' } },
        { value: 'alone', text: { en: 'of the chosen output alone', ko: '고른 출력 하나만' } },
      ],
      get: ({ isAlone }) => (isAlone ? 'alone' : 'all'),
      set: (state, value) => ({ ...state, isAlone: value === 'alone' }),
    },
    sizeControl(),
    strideControl(),
    placeControl(),
    inputControl(),
  ],
  view,
  choose: chooseWindow,
};

export const gradientFigure = defineFigure(gradientPlay);

function view(state: GradientState, compute: Compute): Html {
  const { kind, size, stride, x } = state;
  const across = windowsAcross(state);
  const own = Array.from({ length: across ** 2 }, (_, k) => (k === state.at ? k + 1 : 0));
  const above = own.map((_, k) => k + 1);
  const layers = [kinds[kind].layer(size, stride)];
  const below = (dY: readonly number[]) => inputGradient(compute, [1, side, side], layers, x, dY);
  const [dY, alone] = [state.isAlone ? own : above, below(own)];
  const dX = state.isAlone ? alone : below(dY);
  const window = windowArea(state);
  const chosen = outputPlace(state);
  return html`<div class="lesson-row">
      ${grid({
        caption: { en: 'Input', ko: '입력' },
        label: {
          en: 'Input; arrow keys move the window',
          ko: '입력. 화살표 키로 윈도우를 옮깁니다',
        },
        part: 'input',
        rows: toRows(x, side),
        window,
      })}
      ${grid({
        caption: { en: 'Output', ko: '출력' },
        rows: pooled(compute, kind, state),
        chosen,
      })}
      ${grid({
        caption: { en: 'Its gradient', ko: '출력의 기울기' },
        label: {
          en: 'Gradient of the output; arrow keys choose',
          ko: '출력의 기울기. 화살표 키로 고릅니다',
        },
        part: 'above',
        rows: toRows(dY, across),
        chosen,
      })}
      ${grid({
        caption: { en: 'Gradient of the input', ko: '입력의 기울기' },
        rows: toRows(dX, side),
        window,
      })}
    </div>
    <p class="lesson-sum" data-say>
      ${handedDown(state, alone)} ${together(alone, dX)} ${sums(dY, dX)}
    </p>`;
}

/** Where the gradient of the chosen output goes; `alone` is the input's gradient where no other output has any. */
function handedDown({ kind, size, at, x }: GradientState, alone: readonly number[]): Text {
  const reached = alone.flatMap((value, k) => (value === 0 ? [] : [{ value, from: x[k] }]));
  const gradient = at + 1;
  if (kind === 'average') {
    const share = formatNumber(reached[0].value);
    return {
      en: `Output ${gradient} has gradient ${gradient}: each of its ${size ** 2} numbers gets ${gradient} / ${size ** 2} = ${share}.`,
      ko: `${gradient}번째 출력의 기울기는 ${gradient}입니다. 윈도우의 수 ${size ** 2}개가 ${gradient} / ${size ** 2} = ${share}씩 받습니다.`,
    };
  }
  const name: Text =
    kind === 'max' ? { en: 'largest', ko: '최댓값' } : { en: 'smallest', ko: '최솟값' };
  const winner = formatNumber(reached[0].from);
  const others: Text =
    size === 1
      ? { en: 'there is no other', ko: '다른 수는 없습니다' }
      : { en: 'the others get 0', ko: '나머지는 0을 받습니다' };
  return {
    en: `Output ${gradient} has gradient ${gradient}: the ${name.en} number of its window, ${winner}, gets all of it; ${others.en}.`,
    ko: `${gradient}번째 출력의 기울기는 ${gradient}입니다. 윈도우의 ${name.ko}(${winner})이 모두 받고, ${others.ko}.`,
  };
}

/** What a winner gets from all its windows, where these overlap. */
function together(alone: readonly number[], dX: readonly number[]): Text | null {
  const reached = [...alone.keys()].filter((k) => alone[k] !== 0);
  const [winner] = reached;
  if (reached.length > 1 || dX[winner] === alone[winner]) return null;
  const total = formatNumber(dX[winner]);
  return {
    en: `From all windows that it wins it gets ${total}.`,
    ko: `이 수가 뽑힌 모든 윈도우에서 받는 기울기의 합은 ${total}입니다.`,
  };
}

/** Gradients are handed on whole. */
function sums(dY: readonly number[], dX: readonly number[]): Text {
  const [above, below] = [dY, dX].map((values) =>
    formatNumber(
      values.reduce((sum, value) => sum + value, 0),
      6,
    ),
  );
  return {
    en: `Sum above: ${above}. Sum below: ${below}.`,
    ko: `위의 합: ${above}. 아래의 합: ${below}.`,
  };
}
