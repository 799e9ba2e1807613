import {
  detailFold,
  formatCount,
  formatPercent,
  formatPlural,
  html,
  quote,
  sourceFold,
  type Html,
  type HtmlValue,
  type Text,
} from '@convbook/page';
import { renderChart, smoothingWindow } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { accuracyChart, bestEpoch } from '../charts/accuracy-chart.ts';
import { areDotted } from '../charts/epoch-line.ts';
import { gradientChart } from '../charts/gradient-chart.ts';
import { lossChart } from '../charts/loss-chart.ts';
import { rateChart } from '../charts/rate-chart.ts';
import { speedChart } from '../charts/speed-chart.ts';
import type { Cell } from './cell.ts';
import { courseText } from './course-text.ts';
import { interruptions } from './interruptions.ts';
import { layerHistograms } from './layer-histograms.ts';
import { layerPace } from './layer-pace.ts';
import { smoothedSteps, smoothingControl } from './smoothing-control.ts';
import { epochTable, stepTable } from './training-tables.ts';
import { workersPart } from './workers.ts';

/** Loss, accuracy and learning rate through training. */
export const trainingCell: Cell = {
  id: 'training',
  title: { en: 'Training', ko: '학습' },
  async render(run) {
    const loss = lossChart(run);
    if (loss === null) return null;
    const [accuracy, rate] = [accuracyChart(run), rateChart(run)];
    const [gradient, speed] = [gradientChart(run), speedChart(run)];
    const { batchSize, schedule } = run.record.configuration;
    const dots = epochMarks(run);
    return html`<p>
        ${{
          en: `The loss should fall steeply at first and then slowly, with noise, because each step sees only ${formatPlural(batchSize, 'image')}. If it rises or stays where it began, the learning rate is usually too high or too low: try a tenth and ten times. A test loss that turns upwards while the training loss falls means overfitting.`,
          ko: `손실은 처음에 가파르게, 나중에는 천천히 줄어야 합니다. 한 스텝은 이미지 ${formatCount(batchSize)}장만 보므로 잡음이 섞입니다. 손실이 커지거나 처음 값에 머물면 대개 학습률이 너무 높거나 너무 낮은 것이므로 10분의 1과 10배로 해 보십시오. 훈련 손실은 줄어드는데 시험 손실이 커지면 과대적합입니다.`,
        }}
      </p>
      ${courseText(run)} ${smoothingControl(run)}
      <figure>
        ${await renderChart(loss)}
        <figcaption>${lossCaption(run)}${thinnedNote(run)}</figcaption>
      </figure>
      ${
        accuracy &&
        html`<p>${accuracyProse(run)}</p>
          <figure>
            ${await renderChart(accuracy)}
            <figcaption>
              ${{
                en: html`${dots.en}: accuracy of each epoch. Training accuracy is measured over the
                steps of the epoch, while the parameters still change, and test accuracy at its end;
                so test accuracy can be higher at first. The ring marks the highest test accuracy.
                Thin line: accuracy on the training batches, running mean of ${smoothedSteps(run)}
                steps; values below the frame are not shown.`,
                ko: html`${dots.ko}: 에폭별 정확도. 훈련 정확도는 매개변수가 아직 변하는 에폭의
                스텝들에서, 시험 정확도는 에폭이 끝난 뒤에 잽니다. 그래서 처음에는 시험 정확도가
                훈련 정확도보다 높을 수 있습니다. 고리는 가장 높은 시험 정확도입니다. 가는 선: 훈련
                배치의 정확도, ${smoothedSteps(run)}스텝의 이동 평균. 틀 아래의 값은 보이지
                않습니다.`,
              }}${dots.note}
            </figcaption>
          </figure>`
      }
      ${
        rate &&
        html`<figure>
          ${await renderChart(rate)}
          <figcaption>
            ${{
              en: `The learning rate of each step, by the schedule “${schedule.name}”.`,
              ko: html`스텝별 학습률입니다. 학습률 일정: <code>${schedule.name}</code>.`,
            }}
          </figcaption>
        </figure>`
      }
      ${
        gradient &&
        html`<p>
            ${{
              en: html`The gradient norm shows how strongly the loss pulls on the parameters. It
                should stay within an order of magnitude and shrink with the loss. Peaks far above
                the rest mean that single batches undo progress: then limit the norm with
                <code class="option">--clip-norm</code>.`,
              ko: html`기울기의 노름은 손실이 매개변수를 얼마나 움직이려 하는지를 나타냅니다. 크기가
                열 배 안에서 유지되고 손실과 함께 작아져야 합니다. 다른 값보다 훨씬 높은 봉우리는
                배치 하나가 그동안 배운 것을 되돌린다는 뜻이므로, 그럴 때는
                <code class="option">--clip-norm</code>으로 노름을 제한하십시오.`,
            }}
          </p>
          <figure>
            ${await renderChart(gradient)}
            <figcaption>
              ${{
                en: html`Thin line: each step. Thick line: running mean of ${smoothedSteps(run)}
                steps.`,
                ko: html`가는 선: 각 스텝. 굵은 선: ${smoothedSteps(run)}스텝의 이동 평균.`,
              }}
            </figcaption>
          </figure>`
      }
      ${await layerPace(run)}
      ${
        speed &&
        html`<figure>
          ${await renderChart(speed)}
          <figcaption>
            ${{
              en: 'Training throughput in each interval of about a second; the tests after each epoch are not counted. Short dips come from other work on the machine. If the curve sinks steadily, see what else runs there, or whether the machine is hot.',
              ko: '약 1초 길이의 구간마다 잰 학습 처리량이며, 에폭 뒤의 시험에 걸린 시간은 빼고 계산합니다. 잠깐씩 내려가는 것은 컴퓨터의 다른 작업 때문입니다. 계속 내려간다면 함께 실행되는 프로그램이나 과열을 확인해 보십시오.',
            }}
          </figcaption>
        </figure>`
      }
      ${await layerHistograms(run)} ${await workersPart(run)} ${interruptions(run)}
      ${run.epochs.length > 0 && detailFold({ en: 'The epochs as a table', ko: '에폭을 표로 보기' }, epochTable(run))}
      ${detailFold({ en: 'The steps as a table', ko: '스텝을 표로 보기' }, stepTable(run))}
      ${sourceFold(code(run))}`;
  },
};

/** Says which steps and epochs the page shows; null where it shows all. */
function thinnedNote({ stepsPerPoint, stepCount, epochs, epochCount }: Run): Html | null {
  const steps = stepsPerPoint > 1 && {
    en: ` In all curves of this run’s ${formatCount(stepCount)} steps, each point is the mean of ${formatCount(stepsPerPoint)} steps.`,
    ko: ` 이 실행의 ${formatCount(stepCount)}스텝을 그린 모든 곡선에서 점 하나는 ${formatCount(stepsPerPoint)}스텝의 평균입니다.`,
  };
  const kept = epochs.length < epochCount && {
    en: ` ${formatCount(epochs.length)} of ${formatCount(epochCount)} epochs are shown, among them the first, the last and the best.`,
    ko: ` ${formatCount(epochCount)}에폭 가운데 첫 에폭, 마지막 에폭, 가장 좋은 에폭을 포함한 ${formatCount(epochs.length)}에폭을 표시합니다.`,
  };
  return steps || kept ? html`${steps}${kept}` : null;
}

/** How a chart shows the epochs: as dots, or where these are many as lines. */
function epochMarks({ epochs }: Run): Text & { note: Text | null } {
  if (areDotted(epochs.length)) return { en: 'Dots', ko: '점', note: null };
  return {
    en: 'Thick lines',
    ko: '굵은 선',
    note: {
      en: ` There are ${formatCount(epochs.length)} epochs; of neighbouring ones only the lowest and the highest value are drawn.`,
      ko: ` 에폭이 ${formatCount(epochs.length)}개이므로, 이웃한 에폭에서 가장 낮은 값과 가장 높은 값만 그렸습니다.`,
    },
  };
}

function lossCaption(run: Run): Text<Html> {
  const mean = smoothedSteps(run);
  const train =
    smoothingWindow(run) === 1
      ? { en: html`Line: loss of each step.`, ko: html`선: 각 스텝의 손실.` }
      : {
          en: html`Thin line: loss of each step. Thick line: running mean of ${mean} steps.`,
          ko: html`가는 선: 각 스텝의 손실. 굵은 선: ${mean}스텝의 이동 평균.`,
        };
  if (run.epochs.length === 0) return train;
  const { note } = epochMarks(run);
  const test = note === null ? { en: 'Dots', ko: '점' } : { en: 'Line “test”', ko: '‘시험’ 선' };
  return {
    en: html`${train.en} ${test.en}: mean loss over the whole test set after each epoch; the ring
    marks the lowest.${note?.en}`,
    ko: html`${train.ko} ${test.ko}: 에폭이 끝날 때마다 잰 전체 시험 집합의 평균 손실. 고리는 가장
    낮은 값입니다.${note?.ko}`,
  };
}

function accuracyProse({ epochs }: Run): HtmlValue {
  const last = epochs[epochs.length - 1];
  const best = bestEpoch(epochs);
  const [end, highest] = [last, best].map(({ testAccuracy }) => formatPercent(testAccuracy));
  const gap = last.trainAccuracy - last.testAccuracy;
  const distance =
    gap > 0
      ? {
          en: `In the last epoch training accuracy is ${(gap * 100).toFixed(2)} percentage points higher.`,
          ko: `마지막 에폭의 훈련 정확도는 그보다 ${(gap * 100).toFixed(2)}%포인트 높습니다.`,
        }
      : {
          en: 'In the last epoch training accuracy is not higher.',
          ko: '마지막 에폭의 훈련 정확도는 그보다 높지 않습니다.',
        };
  if (epochs.length === 1) {
    return {
      en: `After its one epoch, test accuracy is ${end}. ${distance.en}`,
      ko: `에폭 하나를 마친 시험 정확도는 ${end}입니다. ${distance.ko}`,
    };
  }
  return best.testAccuracy === last.testAccuracy
    ? {
        en: `Test accuracy ends at its highest, ${end}. ${distance.en}`,
        ko: `시험 정확도는 마지막에 가장 높은 ${end}입니다. ${distance.ko}`,
      }
    : {
        en: `Test accuracy ends at ${end}; its highest was ${highest} after epoch ${best.epoch}, which was not used to choose the model. ${distance.en}`,
        ko: `시험 정확도는 마지막에 ${end}이며, 가장 높았던 값은 ${best.epoch}에폭의 ${highest}입니다. 이 값을 모델을 고르는 데 쓰지는 않았습니다. ${distance.ko}`,
      };
}

function code({ name }: Run): string {
  return `import {
  accuracyChart, gradientChart, lossChart, rateChart, readRun, renderChart, speedChart,
} from '@convbook/report';

const run = readRun(${quote(`reports/${name}`)});
const charts = [lossChart, accuracyChart, rateChart, gradientChart, speedChart];
for (const make of charts) {
  const chart = make(run);
  if (chart) console.log(chart.alt, await renderChart(chart)); // SVG, and the vega-lite spec
}`;
}
