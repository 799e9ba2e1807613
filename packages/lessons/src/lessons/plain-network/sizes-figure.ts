import { highest } from '@convbook/core';
import { presetFor, summarize, type LayerSummary } from '@convbook/layers';
import {
  formatCount,
  formatPercent,
  formatShape,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page/markup';
import { defineFigure } from '../../figure/figure.ts';

interface State {
  /** Times the rows and columns of text A's images. */
  readonly factor: number;
  readonly hasBias: boolean;
}

/** Rows and columns of text A's images. */
const [rows, columns] = [39, 31];

/** Text A's two networks for images of a size. */
export function comparedModels(factor: number) {
  const data = { input: [1, rows * factor, columns * factor], classes: 100 };
  return {
    plain: summarize(presetFor('taewan-fc', data)),
    convolutional: summarize(presetFor('taewan', data)),
  };
}

/** Parameters of a layer or model. */
function countOf(
  { parameters, parametersWithoutBias }: Pick<LayerSummary, 'parameters' | 'parametersWithoutBias'>,
  { hasBias }: State,
): number {
  return hasBias ? parameters : parametersWithoutBias;
}

/** The product that gives the weights of a layer: `4 × 4 × 1 × 20`, and its biases. */
function productOf(
  { kind, kernelSize, inputShape, filters }: LayerSummary,
  { hasBias }: State,
): string {
  if (filters === null) return '';
  const reads = kind === 'conv2d' ? [...(kernelSize ?? []), inputShape[0]] : inputShape;
  return `${[...reads, filters].join(' × ')}${hasBias ? ` + ${filters}` : ''}`;
}

function table(
  caption: Text,
  layers: readonly LayerSummary[],
  total: number,
  most: number,
  state: State,
): Html {
  return renderTable<LayerSummary>({
    caption,
    style: 'data plain-network-sizes',
    columns: [
      { head: { en: 'Layer', ko: '층' }, value: ({ name }) => name, heading: true },
      { head: { en: 'Output', ko: '출력' }, value: ({ outputShape }) => formatShape(outputShape) },
      { head: { en: 'Weights', ko: '가중치' }, value: (layer) => productOf(layer, state) },
      {
        head: { en: 'Parameters', ko: '매개변수' },
        value: (layer) => formatCount(countOf(layer, state)),
        numeric: true,
      },
      {
        head: html`<span class="hidden">${{ en: 'Share', ko: '비율' }}</span>`,
        value: (layer) =>
          html`<span
            class="bar"
            style="--share:${(countOf(layer, state) / most).toFixed(4)}"
          ></span>`,
      },
    ],
    rows: layers.filter(({ kind }) => kind !== 'flatten'),
    total: [{ en: 'All', ko: '합계' }, '', '', html`<b>${formatCount(total)}</b>`, ''],
  });
}

/** Parameters of a plain and a convolutional network, layer by layer. */
export const sizesFigure = defineFigure<State>({
  id: 'plain-network-sizes',
  start: { factor: 1, hasBias: false },
  controls: [
    {
      kind: 'range',
      label: { en: 'Image', ko: '이미지' },
      least: 1,
      most: () => 6,
      get: ({ factor }) => factor,
      set: (state, factor) => ({ ...state, factor }),
      shown: (factor) => `${rows * factor}×${columns * factor}`,
    },
    {
      kind: 'choice',
      label: { en: 'Count', ko: '세는 것' },
      options: [
        { value: 'weights', text: { en: 'weights', ko: '가중치만' } },
        { value: 'all', text: { en: 'weights and biases', ko: '가중치와 편향' } },
      ],
      get: ({ hasBias }) => (hasBias ? 'all' : 'weights'),
      set: (state, value) => ({ ...state, hasBias: value === 'all' }),
    },
  ],
  view(state) {
    const { plain, convolutional } = comparedModels(state.factor);
    const [own, other] = [countOf(convolutional, state), countOf(plain, state)];
    const most = highest(
      [...plain.layers, ...convolutional.layers].map((layer) => countOf(layer, state)),
    );
    return html`${table({ en: 'Plain', ko: '완전연결 신경망' }, plain.layers, other, most, state)}
      ${table({ en: 'Convolutional', ko: '합성곱 신경망' }, convolutional.layers, own, most, state)}
      <p class="lesson-sum" data-say>
        ${{
          en: html`${formatCount(own)} / ${formatCount(other)} =
            <b>${formatPercent(own / other, 1)}</b>: the convolutional network has that share of the
            plain one’s parameters.`,
          ko: html`${formatCount(own)} / ${formatCount(other)} =
            <b>${formatPercent(own / other, 1)}</b>. 합성곱 신경망의 매개변수는 완전연결 신경망의
            이만큼입니다.`,
        }}
      </p>`;
  },
});
