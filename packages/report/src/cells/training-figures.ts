// The two curves of the training cell that everyone reads: loss and accuracy.
import {
  formatCount,
  formatPercent,
  html,
  type Html,
  type HtmlValue,
  type Text,
} from '@convbook/page';
import { renderChart, smoothingWindow } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { accuracyChart, bestEpoch } from '../charts/accuracy-chart.ts';
import { areDotted } from '../charts/epoch-line.ts';
import { lossChart } from '../charts/loss-chart.ts';
import { smoothedSteps } from './smoothing-control.ts';

/** The loss of steps and epochs; null before the first step. */
export async function lossFigure(run: Run): Promise<Html | null> {
  const chart = lossChart(run);
  if (chart === null) return null;
  return html`<figure>
    ${await renderChart(chart)}
    <figcaption>${lossCaption(run)}${thinnedNote(run)}</figcaption>
  </figure>`;
}

/** The accuracy of epochs; null before the first has ended. */
export async function accuracyFigure(run: Run): Promise<Html | null> {
  const chart = accuracyChart(run);
  if (chart === null) return null;
  const dots = epochMarks(run);
  return html`<figure>
    ${await renderChart(chart)}
    <figcaption>
      ${accuracyFinding(run)}
      ${{
        en: html`${dots.en}: each epoch; training accuracy is measured while the parameters still
        change, test accuracy after. Ring: the highest test accuracy. Thin line: training batches,
        running mean of ${smoothedSteps(run)} steps; values below the frame are not shown.`,
        ko: html`${dots.ko}: 에폭별 정확도. 훈련 정확도는 매개변수가 변하는 동안, 시험 정확도는
        에폭이 끝난 뒤에 잽니다. 고리: 가장 높은 시험 정확도. 가는 선: 훈련 배치,
        ${smoothedSteps(run)}스텝의 이동 평균. 틀 아래의 값은 보이지 않습니다.`,
      }}${dots.note}
    </figcaption>
  </figure>`;
}

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

function accuracyFinding({ epochs }: Run): HtmlValue {
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
