// Whether all layers learn at one pace: a part of the training cell.
import {
  detailFold,
  formatNumber,
  formatPercent,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import { renderChart } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { layerCourses, middleOf, type LayerCourse } from '../analysis/layer-courses.ts';
import { trainingCourse } from '../analysis/training-course.ts';
import { layerChart, mostLines } from '../charts/layer-chart.ts';

/** Ratio of an update to the weights that is usual, and how far above is too far. */
const usual = 0.001;
const tooLarge = 0.02;

export async function layerPace(run: Run): Promise<Html | null> {
  const [gradients, updates] = [layerChart(run, 'gradient'), layerChart(run, 'update')];
  if (gradients === null || updates === null) return null;
  const courses = layerCourses(run);
  return html`<p>${prose(courses, hasFailed(run))}</p>
    <div class="abreast">
      <figure>${await renderChart(gradients)}</figure>
      <figure>${await renderChart(updates)}</figure>
    </div>
    <p class="caption">
      ${{
        en: 'Norms over all weights and biases of a layer, measured in some steps of the run. The update is what the optimizer adds to them in one step; steps with less than a hundredth of the highest learning rate are left out of the second chart.',
        ko: '실행의 일부 스텝에서 잰 것으로, 층의 모든 가중치와 편향에 대한 노름입니다. 갱신은 옵티마이저가 한 스텝에 더하는 값입니다. 학습률이 최댓값의 100분의 1보다 작은 스텝은 두 번째 차트에서 뺐습니다.',
      }}
      ${courses.length > mostLines && drawn(courses.length)}
    </p>
    ${detailFold({ en: 'The layers as a table', ko: '층을 표로 보기' }, paceTable(courses))}`;
}

function drawn(layers: number): Text {
  return {
    en: `${mostLines} of ${layers} layers are drawn; the table has all.`,
    ko: `층 ${layers}개 중 ${mostLines}개를 그렸습니다. 표에는 모두 있습니다.`,
  };
}

/** Whether the run's verdict is that its layers did not learn. */
function hasFailed(run: Run): boolean {
  const kind = trainingCourse(run)?.kind;
  return kind === 'rate-too-high' || kind === 'stuck';
}

function prose(courses: readonly LayerCourse[], failed: boolean): Text {
  const found = finding(courses, failed);
  return {
    en: `All layers should learn, and at a similar pace. If gradients shrink or grow tenfold from layer to layer towards the input, add batchNorm, or try another initializer. The update of a step is usually about a thousandth of the weights (${usual}): raise the learning rate where it is much smaller, and lower it where it is more than a few hundredths. ${found.en}`,
    ko: `모든 층이 비슷한 속도로 배워야 합니다. 입력 쪽으로 갈수록 기울기가 층마다 열 배씩 작아지거나 커지면 배치 정규화를 넣거나 초기화 방법을 바꾸어 보십시오. 한 스텝의 갱신은 보통 가중치의 1000분의 1(${usual})쯤입니다. 훨씬 작으면 학습률을 높이고, 100분의 몇을 넘으면 낮추십시오. ${found.ko}`,
  };
}

/** The layers whose update is, in the middle of the samples, the smallest and the largest part of the weights. */
function finding(courses: readonly LayerCourse[], failed: boolean): Text {
  const still = courses.filter(({ samples }) =>
    samples.some(({ step, gradientNorm }) => step > 1 && gradientNorm === 0),
  );
  if (still.length > 0) {
    const names = still.map(({ name }) => name).join(', ');
    return {
      en: `Here the gradient of ${names} was 0 in some steps: nothing was learned there.`,
      ko: `여기서는 ${names} 층의 기울기가 0인 스텝이 있었습니다. 그 스텝에서는 아무것도 배우지 못했습니다.`,
    };
  }
  const ratios = courses
    .map(({ name, samples }) => ({ name, ratio: middleRatio(samples) ?? 0 }))
    .sort((a, b) => a.ratio - b.ratio);
  const [low, high] = [ratios[0], ratios[ratios.length - 1]];
  const [least, most] = [low, high].map(({ ratio }) => formatPercent(ratio, 3));
  const verdict = verdictOn(low, high, failed);
  return {
    en: `Here the median update is from ${least} of the weights (${low.name}) to ${most} (${high.name}). ${verdict.en}`,
    ko: `여기서 갱신의 중앙값은 가중치의 ${least}(${low.name})에서 ${most}(${high.name})까지입니다. ${verdict.ko}`,
  };
}

interface LayerRatio {
  readonly name: string;
  readonly ratio: number;
}

/** A sentence about the layers with the smallest and the largest update. */
function verdictOn(low: LayerRatio, high: LayerRatio, failed: boolean): Text {
  if (low.ratio < usual / 100) {
    return { en: `Layer ${low.name} hardly learns.`, ko: `${low.name} 층은 거의 배우지 못합니다.` };
  }
  if (high.ratio > tooLarge) return { en: 'That is a lot.', ko: '큰 편입니다.' };
  if (failed) {
    return {
      en: 'That looks usual, yet the model did not learn: a median hides the steps in which the damage was done.',
      ko: '보통 수준이지만 모델은 배우지 못했습니다. 중앙값에는 학습을 망친 몇몇 스텝이 드러나지 않습니다.',
    };
  }
  return {
    en: 'No layer stands still, and none is unstable.',
    ko: '멈춘 층도, 불안정한 층도 없습니다.',
  };
}

function middleRatio(samples: LayerCourse['samples']): number | null {
  return middleOf(samples.map(({ updateRatio }) => updateRatio));
}

function paceTable(courses: readonly LayerCourse[]): Html {
  const first = ({ samples }: LayerCourse) => samples[0];
  const last = ({ samples }: LayerCourse) => samples[samples.length - 1];
  const shown = (value: number | null) => (value === null ? '–' : formatNumber(value));
  const column = (en: string, ko: string, value: (course: LayerCourse) => number | null) => ({
    head: { en, ko },
    numeric: true,
    value: (course: LayerCourse) => shown(value(course)),
  });
  return renderTable<LayerCourse>({
    caption: {
      en: 'Each layer at its first sample, at the median and at its last',
      ko: '층별 첫 표본, 중앙값, 마지막 표본',
    },
    columns: [
      {
        head: { en: 'Layer', ko: '층' },
        heading: true,
        value: ({ name }) => html`<code>${name}</code>`,
      },
      column('Gradient, first', '기울기, 처음', (course) => first(course).gradientNorm),
      column('middle', '중앙값', ({ samples }) => middleOf(samples.map((one) => one.gradientNorm))),
      column('last', '마지막', (course) => last(course).gradientNorm),
      column('Weights, first', '가중치, 처음', (course) => first(course).weightNorm),
      column('last', '마지막', (course) => last(course).weightNorm),
      column('Update over weights, middle', '갱신 비율, 중앙값', ({ samples }) =>
        middleRatio(samples),
      ),
      column('last', '마지막', (course) => last(course).updateRatio),
    ],
    rows: courses,
  });
}
