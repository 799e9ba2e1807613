import { localResponseNorm } from '@convbook/layers';
import { formatNumber } from '@convbook/page/text';
import { html } from '@convbook/page/markup';
import { defineFigure } from '../../figure/figure.ts';
import { grid } from '../../figure/grid.ts';
import { typedNumbers } from '../../figure/typed-numbers.ts';
import { inBrackets } from '../../figure/written-sum.ts';

interface State {
  /** One position, a value for each channel. */
  readonly x: readonly number[];
  /** Place in `alphas`. */
  readonly alpha: number;
  readonly channel: number;
}

const channels = 8;
const alphas = [1e-4, 1e-3, 0.01, 0.1, 1, 10];
const [size, k, beta] = [5, 2, 0.75];

/** AlexNet's normalization at one position of eight maps. */
export const normFigure = defineFigure<State>({
  id: 'lenet-and-alexnet-norm',
  start: { x: [0, 1, 2, 8, 2, 1, 0, 4], alpha: 0, channel: 2 },
  controls: [
    {
      kind: 'range',
      label: { en: 'α', ko: 'α' },
      least: 0,
      most: () => alphas.length - 1,
      get: ({ alpha }) => alpha,
      set: (state, alpha) => ({ ...state, alpha }),
      shown: (place) => String(alphas[place]),
    },
    {
      kind: 'numbers',
      label: { en: 'Change the values', ko: '값 바꾸기' },
      columns: channels,
      get: ({ x }) => x,
      set: (state, x) => ({ ...state, x: typedNumbers(x) }),
    },
  ],
  view({ x, alpha, channel }, compute) {
    const layer = localResponseNorm({ size, k, beta, alpha: alphas[alpha] });
    const { values } = compute.run([channels, 1, 1], [layer], x);
    const [first, last] = [Math.max(0, channel - 2), Math.min(channels - 1, channel + 2)];
    const near = x.slice(first, last + 1);
    const window = { row: 0, column: first, height: 1, width: near.length };
    const squares = near.map((value) => `${inBrackets(value)}²`).join(' + ');
    const [own, result] = [formatNumber(x[channel]), formatNumber(values[channel], 4)];
    const formula = `${own} / (${k} + ${alphas[alpha]}/${size} · (${squares}))^${beta} = ${result}`;
    return html`<div class="scroll lenet-and-alexnet-norm" tabindex="0">
        ${grid({
          caption: { en: 'One position of eight maps', ko: '맵 8개의 같은 위치' },
          part: 'maps',
          rows: [x],
          window,
          chosen: { row: 0, column: channel },
        })}
        ${grid({
          caption: { en: 'After normalization', ko: '정규화한 뒤' },
          part: 'normalized',
          rows: [values],
          chosen: { row: 0, column: channel },
        })}
      </div>
      <p class="lesson-sum" data-say>
        ${{ en: `Map ${channel + 1}: ${formula}.`, ko: `맵 ${channel + 1}: ${formula}입니다.` }}
      </p>`;
  },
  choose: (state, { column }) => ({ ...state, channel: column }),
});
