// The formulas of the kinds of layers that a model has.
import type { LayerSpec } from '@convbook/layers';
import { html, renderTable, type Html, type Text } from '@convbook/page';

interface Rule {
  /** Value of the output, in terms of the input x. */
  readonly formula: Html;
  readonly words: Text;
}

type Kind = LayerSpec['kind'];

const x = html`<i>x</i>`;
// Names of functions, which are the same in every language.
const [max, min, ln, tanh] = ['max', 'min', 'ln', 'tanh'];

const rules: Readonly<Record<Exclude<Kind, 'flatten'>, Rule>> = {
  conv2d: {
    formula: html`Σ <i>w</i>·${x} + <i>b</i>`,
    words: {
      en: 'sum over the window of every input channel, each value times its weight, and a bias',
      ko: '모든 입력 채널의 윈도우에서 값과 가중치를 곱해 더하고 편향을 더함',
    },
  },
  dense: {
    formula: html`Σ <i>w</i>·${x} + <i>b</i>`,
    words: {
      en: 'sum over all inputs, each times its weight, and a bias',
      ko: '모든 입력에 가중치를 곱해 더하고 편향을 더함',
    },
  },
  maxPool2d: {
    formula: html`${max} ${x}`,
    words: { en: 'the largest value of the window', ko: '윈도우에서 가장 큰 값' },
  },
  minPool2d: {
    formula: html`${min} ${x}`,
    words: { en: 'the smallest value of the window', ko: '윈도우에서 가장 작은 값' },
  },
  avgPool2d: {
    formula: html`Σ ${x} ∕ <i>n</i>`,
    words: { en: 'the mean of the window', ko: '윈도우의 평균' },
  },
  globalAvgPool2d: {
    formula: html`Σ ${x} ∕ (<i>H</i>·<i>W</i>)`,
    words: { en: 'the mean of the whole map', ko: '맵 전체의 평균' },
  },
  batchNorm: {
    formula: html`γ · (${x} − μ) ∕ √(σ² + ε) + β`,
    words: {
      en: 'each channel with mean 0 and variance 1, then scaled by γ and shifted by β, which are learned. In training μ and σ² are mean and variance of the channel over the whole batch; afterwards their running means, so that an answer depends on its image alone',
      ko: '채널마다 평균을 0, 분산을 1로 맞춘 뒤 학습되는 γ를 곱하고 β를 더함. 학습 중 μ와 σ²은 배치 전체에서 구한 채널의 평균과 분산이며, 학습 뒤에는 그 이동 평균을 쓰므로 답은 그 이미지에만 달려 있음',
    },
  },
  localResponseNorm: {
    formula: html`${x} ∕ (<i>k</i> + α·Σ ${x}²)<sup>β</sup>`,
    words: {
      en: 'each value divided by a measure of its neighbours at the same place in the channels around it',
      ko: '같은 위치의 이웃 채널 값들로 잰 크기로 나눔',
    },
  },
  dropout: {
    formula: html`0 ${{ en: 'or', ko: '또는' }} ${x} ∕ (1 − <i>p</i>)`,
    words: {
      en: 'in training each value is dropped with probability p; afterwards nothing is changed',
      ko: '학습 중에는 각 값을 확률 p로 0으로 만들고, 학습 뒤에는 그대로 둠',
    },
  },
  residual: {
    formula: html`<i>F</i>(${x}) + ${x}`,
    words: {
      en: 'the output of the layers inside, plus the input, or a 1×1 convolution of it where the shape changes',
      ko: '안쪽 층들의 출력에 입력을 더함. 형상이 바뀌는 곳에서는 입력의 1×1 합성곱을 더함',
    },
  },
  relu: {
    formula: html`${max}(0, ${x})`,
    words: { en: 'negative values become 0', ko: '음수는 0이 됨' },
  },
  leakyRelu: {
    formula: html`${max}(${x}, <i>a</i>·${x})`,
    words: { en: 'negative values are made small', ko: '음수는 작게 줄임' },
  },
  prelu: {
    formula: html`${max}(0, ${x}) + <i>a</i>·${min}(0, ${x})`,
    words: {
      en: 'negative values are multiplied by a slope that is learned for each channel',
      ko: '음수에는 채널마다 학습되는 기울기를 곱함',
    },
  },
  elu: {
    formula: html`${x}, ${{ en: 'below 0', ko: '0보다 작으면' }} α·(e<sup>${x}</sup> − 1)`,
    words: { en: 'negative values tend to −α', ko: '음수는 −α에 가까워짐' },
  },
  gelu: {
    formula: html`${x} · Φ(${x})`,
    words: {
      en: 'times the normal distribution function: a smooth ReLU',
      ko: '표준 정규 분포의 누적 확률을 곱함. 매끄러운 ReLU',
    },
  },
  silu: {
    formula: html`${x} ∕ (1 + e<sup>−${x}</sup>)`,
    words: { en: 'times its sigmoid: a smooth ReLU', ko: '시그모이드를 곱함. 매끄러운 ReLU' },
  },
  softplus: {
    formula: html`${ln}(1 + e<sup>${x}</sup>)`,
    words: { en: 'a smooth ReLU, above 0 everywhere', ko: '어디서나 0보다 큰 매끄러운 ReLU' },
  },
  sigmoid: {
    formula: html`1 ∕ (1 + e<sup>−${x}</sup>)`,
    words: { en: 'between 0 and 1', ko: '0과 1 사이' },
  },
  tanh: {
    formula: html`${tanh} ${x}`,
    words: { en: 'between −1 and 1', ko: '−1과 1 사이' },
  },
  softmax: {
    formula: html`e<sup>${x}</sup> ∕ Σ e<sup>${x}</sup>`,
    words: { en: 'probabilities that add up to 1', ko: '합이 1인 확률' },
  },
};

/** The formula of each kind of layer in a model, in the order in which they first appear. */
export function ruleTable(layers: readonly LayerSpec[]): Html {
  const kinds = [...new Set(kindsOf(layers))];
  return renderTable<[Kind, Rule]>({
    caption: { en: 'What each kind of layer computes', ko: '층의 종류마다 계산하는 것' },
    style: 'data rules',
    columns: [
      {
        head: { en: 'Kind', ko: '종류' },
        heading: true,
        value: ([kind]) => html`<code>${kind}</code>`,
      },
      { head: { en: 'Output', ko: '출력' }, value: ([, { formula }]) => formula },
      { head: { en: 'In words', ko: '설명' }, value: ([, { words }]) => words },
    ],
    rows: kinds.flatMap((kind) => {
      return kind === 'flatten' ? [] : [[kind, rules[kind]]]; // flatten computes nothing
    }),
  });
}

function kindsOf(layers: readonly LayerSpec[]): Kind[] {
  return layers.flatMap((layer) => [
    layer.kind,
    ...(layer.kind === 'residual' ? kindsOf(layer.layers) : []),
  ]);
}
