import { resolveModel, summarize } from '@convbook/layers';
import { formatCount, formatPercent } from '@convbook/page/text';
import { html, type Html, type Text } from '@convbook/page/markup';
import { defineFigure, type Control } from '../../figure/figure.ts';
import { plot, type PlotAxis } from '../../figure/plot.ts';
import { keyOf, switchedNet, switchNames, type Switches } from './network.ts';
import { courseOf, finalOf, readRuns, type SwitchRuns } from './runs.ts';

const words: Readonly<
  Record<
    keyof Switches,
    { readonly label: Text; readonly off: Text | string; readonly on: Text | string }
  >
> = {
  relu: {
    label: { en: 'Activation', ko: '활성화 함수' },
    off: { en: 'sigmoid', ko: '시그모이드' },
    on: 'ReLU',
  },
  overlap: {
    label: { en: 'Pooling', ko: '풀링' },
    off: { en: 'mean, 2×2', ko: '평균 2×2' },
    on: { en: 'overlapping max, 3×3', ko: '겹치는 최대 3×3' },
  },
  norm: {
    label: { en: 'Response normalization', ko: '국소 응답 정규화' },
    off: { en: 'without', ko: '없음' },
    on: { en: 'with', ko: '있음' },
  },
  dropout: {
    label: { en: 'Dropout', ko: '드롭아웃' },
    off: { en: 'without', ko: '없음' },
    on: { en: 'with, ½', ko: '있음(½)' },
  },
};

const lenet: Switches = { relu: false, overlap: false, norm: false, dropout: false };

const control = (name: keyof Switches): Control<Switches> => ({
  kind: 'choice',
  label: words[name].label,
  options: [
    { value: 'off', text: words[name].off },
    { value: 'on', text: words[name].on },
  ],
  get: (state) => (state[name] ? 'on' : 'off'),
  set: (state, value) => ({ ...state, [name]: value === 'on' }),
});

/** LeNet and the parts of AlexNet, each on or off, as real trainings have it. */
export const curvesFigure = defineFigure<Switches>({
  id: 'lenet-and-alexnet-curves',
  data: ['lenet-and-alexnet'],
  start: { relu: true, overlap: false, norm: false, dropout: false },
  controls: switchNames.map(control),
  view(state, compute) {
    const runs = readRuns(compute.data('lenet-and-alexnet'));
    return html`${curves(state, runs)} ${flipped(state, runs)}`;
  },
});

function curves(state: Switches, runs: SwitchRuns): Html {
  const x: PlotAxis = { label: { en: 'Epoch', ko: '에폭' }, domain: [0, runs.epochs] };
  const own: Text = { en: 'this network', ko: '이 신경망' };
  const then: Text = { en: 'LeNet, 1998', ko: 'LeNet(1998)' };
  const lines = (name: 'accuracies' | 'losses') => [
    { name: own, points: courseOf(runs, keyOf(state), name), color: 0 },
    { name: then, points: courseOf(runs, keyOf(lenet), name), color: 1, dashed: true },
  ];
  const [here, there] = [finalOf(runs, keyOf(state)), finalOf(runs, keyOf(lenet))];
  const text: Text = {
    en: `After ${runs.epochs} epochs this network has ${formatPercent(here, 1)} of the held-out images right, LeNet ${formatPercent(there, 1)}.`,
    ko: `${runs.epochs}에폭 뒤 이 신경망은 평가용 이미지의 ${formatPercent(here, 1)}, LeNet은 ${formatPercent(there, 1)}를 맞힙니다.`,
  };
  return html`<div class="lesson-row">
      ${plot({
        x,
        y: {
          label: { en: 'Held-out accuracy', ko: '평가 정확도' },
          domain: [0, 1],
          isPercent: true,
        },
        lines: lines('accuracies'),
        alt: text,
        height: 240,
      })}
      ${plot({
        x,
        y: { label: { en: 'Training loss', ko: '학습 손실' }, domain: [0, 2.5] },
        lines: lines('losses'),
        alt: {
          en: 'The training losses of the same two networks.',
          ko: '같은 두 신경망의 학습 손실입니다.',
        },
        height: 240,
      })}
    </div>
    <p class="lesson-sum" data-say>${text}</p>`;
}

/** What each switch buys from here. */
function flipped(state: Switches, runs: SwitchRuns): Html {
  const model = resolveModel(switchedNet(state));
  const { parameters } = summarize(switchedNet(state));
  const shapes = model.layers
    .filter(({ spec }) => spec.kind === 'conv2d' || spec.kind.endsWith('ool2d'))
    .map(({ outputShape }) => outputShape.join('×'));
  return html`<div class="scroll" tabindex="0">
    <table class="data lenet-and-alexnet-flips">
      <caption>
        ${{
          en: `Held-out accuracy when one switch is flipped; maps ${shapes.join(', ')}; ${formatCount(parameters)} parameters`,
          ko: `스위치를 하나씩 바꾸었을 때의 정확도. 맵 ${shapes.join(', ')}, 매개변수 ${formatCount(parameters)}개`,
        }}
      </caption>
      <thead>
        <tr>
          <th scope="col">${{ en: 'Switch', ko: '스위치' }}</th>
          <th scope="col">${{ en: 'from → to', ko: '바꾸기' }}</th>
          <th scope="col" class="number">${{ en: 'now', ko: '지금' }}</th>
          <th scope="col" class="number">${{ en: 'switched', ko: '바꾼 뒤' }}</th>
        </tr>
      </thead>
      <tbody>
        ${switchNames.map((name) => {
          const { label, on, off } = words[name];
          const other = { ...state, [name]: !state[name] };
          const [from, to] = state[name] ? [on, off] : [off, on];
          return html`<tr>
            <th scope="row">${label}</th>
            <td>${from} → ${to}</td>
            <td class="number">${formatPercent(finalOf(runs, keyOf(state)), 1)}</td>
            <td class="number">${formatPercent(finalOf(runs, keyOf(other)), 1)}</td>
          </tr> `;
        })}
      </tbody>
    </table>
  </div>`;
}
