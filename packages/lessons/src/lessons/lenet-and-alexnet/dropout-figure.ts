import { dropout, resolveModel } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { formatNumber } from '@convbook/page/text';
import { html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure } from '../../figure/figure.ts';
import { grid } from '../../figure/grid.ts';
import { toRows } from '../../figure/rows.ts';

interface State {
  /** Tenths. */
  readonly rate: number;
  readonly seed: number;
  readonly epoch: number;
  readonly isTraining: boolean;
}

const columns = 8;
const x = Float32Array.from({ length: 3 * columns }, (_, k) => 1 + (k % 4));

const sumOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0);

/** What a dropout layer makes of the values, by the random numbers of training. */
export function dropped({ rate, seed, epoch, isTraining }: State, compute: Compute): Float32Array {
  const model = resolveModel({ input: [x.length], layers: [dropout({ rate: rate / 10 })] });
  const draws = { seed, epoch, indexes: [0] };
  const training = { draws, dY: new Float32Array(x.length) };
  const { y } = runModel({
    module: compute.module,
    model,
    parameters: new Map(),
    x,
    batchSize: 1,
    ...(isTraining ? training : {}),
  });
  return y;
}

/** Dropout, by seed and epoch. */
export const dropoutFigure = defineFigure<State>({
  id: 'lenet-and-alexnet-dropout',
  start: { rate: 5, seed: 1, epoch: 1, isTraining: true },
  controls: [
    {
      kind: 'range',
      label: { en: 'Rate', ko: '비율' },
      least: 0,
      most: () => 9,
      get: ({ rate }) => rate,
      set: (state, rate) => ({ ...state, rate }),
      shown: (tenths) => String(tenths / 10),
    },
    {
      kind: 'range',
      label: { en: 'Seed', ko: '시드' },
      least: 1,
      most: () => 9,
      get: ({ seed }) => seed,
      set: (state, seed) => ({ ...state, seed }),
    },
    {
      kind: 'range',
      label: { en: 'Epoch', ko: '에폭' },
      least: 1,
      most: () => 20,
      get: ({ epoch }) => epoch,
      set: (state, epoch) => ({ ...state, epoch }),
      plays: true,
    },
    {
      kind: 'choice',
      label: { en: 'While', ko: '언제' },
      options: [
        { value: 'training', text: { en: 'training', ko: '학습할 때' } },
        { value: 'evaluation', text: { en: 'evaluating', ko: '평가할 때' } },
      ],
      get: ({ isTraining }) => (isTraining ? 'training' : 'evaluation'),
      set: (state, value) => ({ ...state, isTraining: value === 'training' }),
    },
  ],
  view(state, compute) {
    const y = dropped(state, compute);
    const zeros = y.filter((value) => value === 0).length;
    const factor = formatNumber(1 / (1 - state.rate / 10));
    const [before, after] = [x, y].map((values) => formatNumber(sumOf(values)));
    return html`<div class="lesson-row">
        ${grid({
          caption: { en: 'Values of the layer before', ko: '앞 층의 값' },
          rows: toRows(Array.from(x), columns),
        })}
        ${grid({
          caption: { en: 'After dropout', ko: '드롭아웃을 거친 값' },
          rows: toRows(Array.from(y), columns),
        })}
      </div>
      <p class="lesson-sum" data-say>
        ${
          state.isTraining
            ? {
                en: `${zeros} of ${x.length} values are dropped; the others are multiplied by 1 / (1 − ${state.rate / 10}) = ${factor}. The sum was ${before} and is ${after}.`,
                ko: `${x.length}개 가운데 ${zeros}개를 없애고 나머지에 곱하는 값은 1 / (1 − ${state.rate / 10}) = ${factor}입니다. 합은 원래 ${before}이고 지금은 ${after}입니다.`,
              }
            : {
                en: `Evaluation drops nothing: the sum stays ${after}.`,
                ko: `평가할 때는 아무것도 없애지 않으므로 합은 ${after} 그대로입니다.`,
              }
        }
      </p>`;
  },
});
