import {
  detailFold,
  formatCount,
  formatNumber,
  formatPercent,
  formatProbability,
  html,
  quote,
  renderTable,
  sourceFold,
  type Html,
  type Text,
} from '@convbook/page';
import { renderChart } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import {
  binsOf,
  confidences,
  expectedCalibrationError,
  withheldOf,
  type CalibrationBin,
  type Withheld,
} from '../analysis/calibration.ts';
import { confidenceChart, leastImages } from '../charts/confidence-chart.ts';
import { reliabilityChart } from '../charts/reliability-chart.ts';
import type { Cell } from './cell.ts';

/** Fractions of the answers that are given in the table of withheld ones. */
const answered = [1, 0.995, 0.99, 0.98, 0.95, 0.9, 0.8, 0.5];

/** Whether the model knows how sure it may be. */
export const reliabilityCell: Cell = {
  id: 'confidence',
  title: { en: 'How far its confidence can be trusted', ko: '확신도를 얼마나 믿을 수 있는가' },
  async render(run) {
    const { evaluation } = run;
    if (evaluation === null || evaluation.samples === 0) return null;
    const known = confidences(evaluation);
    const bins = binsOf(known);
    const error = formatPercent(expectedCalibrationError(bins), 2);
    const withheld = withheldOf(known, answered);
    const rest = best(withheld);
    const surest = confidenceChart(known);
    return html`<p>
        ${{
          en: `Of all predictions made with a probability of 80%, four in five should be correct: then a bar ends on the dashed line. Where bars end below it, the model is overconfident: do not rely on its probabilities as they stand. Above it, the model is too cautious. The expected calibration error (ECE) is the mean distance from the line, weighted by the images in each bin: here ${error}.`,
          ko: `확률 80%로 낸 예측은 다섯 중 넷이 맞아야 하며, 그러면 막대가 점선에서 끝납니다. 막대가 점선보다 낮으면 지나치게 확신하는 것이므로 확률을 그대로 믿지 마십시오. 점선보다 높으면 지나치게 신중한 것입니다. 기대 보정 오차(ECE)는 점선까지의 거리를 구간별 이미지 수로 가중한 평균으로, 여기서는 ${error}입니다.`,
        }}
        ${whereTheyAre(bins)}
      </p>
      <div class="wide abreast">
        <figure>
          ${await renderChart(reliabilityChart(bins))}
          <figcaption>
            ${{
              en: 'Bars: ten bins of equal width, at their feet the number of images in each (k: thousands). Dots: the mean confidence of a bin and its share of correct predictions. A bin without images has no bar.',
              ko: '막대: 너비가 같은 구간 열 개, 아래의 수는 구간의 이미지 수(k는 천 장). 점: 구간의 평균 확신도와 맞은 비율. 이미지가 없는 구간에는 막대가 없습니다.',
            }}
          </figcaption>
        </figure>
        <div>
          ${
            surest &&
            html`<figure>
              ${await renderChart(surest)}
              <figcaption>${lineBegins}</figcaption>
            </figure>`
          }
          <p class="caption">
            ${{
              en: `Leave doubtful images to a person: errors should fall quickly as the least certain predictions are withheld. ${rest.en}`,
              ko: `의심스러운 이미지는 사람에게 맡기십시오. 확신도가 가장 낮은 예측부터 보류하면 오류가 빠르게 줄어야 합니다. ${rest.ko}`,
            }}
          </p>
        </div>
      </div>
      ${detailFold({ en: 'The bins as a table', ko: '구간을 표로 보기' }, binTable(bins))}
      ${detailFold({ en: 'What withholding saves, as a table', ko: '보류의 효과를 표로 보기' }, withheldTable(withheld))}
      ${sourceFold(code(run))}`;
  },
};

const lineBegins: Text = {
  en: `It begins with the ${leastImages} most confident: fewer say little.`,
  ko: `확신도가 가장 높은 ${leastImages}개부터 그립니다. 그보다 적으면 뜻이 거의 없습니다.`,
};

function whereTheyAre(bins: readonly CalibrationBin[]): Text {
  const all = bins.reduce((sum, { samples }) => sum + samples, 0);
  const fullest = bins.reduce((a, b) => (b.samples > a.samples ? b : a));
  const share = formatPercent(fullest.samples / all, 1);
  const [from, to] = [fullest.from, fullest.to].map((edge) => formatPercent(edge, 0));
  return {
    en: `${share} of the images lie in the bin from ${from} to ${to}; bins with few images say little.`,
    ko: `이미지의 ${share}가 ${from}–${to} 구간에 있습니다. 이미지가 적은 구간은 말해 주는 것이 거의 없습니다.`,
  };
}

function best(withheld: readonly Withheld[]): Text {
  const [whole, ...rest] = withheld;
  const half = rest.find(({ wrong }) => wrong <= whole.wrong / 2);
  if (whole.wrong === 0)
    return { en: 'Here there are no errors.', ko: '여기에는 오류가 없습니다.' };
  if (half === undefined) {
    return {
      en: 'Here they do not halve even with half of the images withheld.',
      ko: '여기서는 이미지의 절반을 보류해도 오류가 절반으로 줄지 않습니다.',
    };
  }
  const share = formatPercent(1 - half.answered, 1);
  const [left, all] = [half, whole].map(({ wrong }) => formatCount(wrong));
  return {
    en: `Here ${left} of ${all} errors are left without the least certain ${share} of the images.`,
    ko: `여기서는 확신도가 가장 낮은 이미지 ${share}를 빼면 오류 ${all}개 중 ${left}개가 남습니다.`,
  };
}

function withheldTable(withheld: readonly Withheld[]): Html {
  return renderTable<Withheld>({
    caption: {
      en: 'Accuracy when the least certain predictions are withheld',
      ko: '확신도가 가장 낮은 예측을 보류했을 때의 정확도',
    },
    columns: [
      {
        head: { en: 'Answered', ko: '예측한 비율' },
        heading: true,
        value: (row) => formatPercent(row.answered, 1),
      },
      {
        head: { en: 'Images', ko: '이미지' },
        numeric: true,
        value: ({ samples }) => formatCount(samples),
      },
      {
        head: { en: 'Lowest confidence', ko: '확신도 하한' },
        numeric: true,
        value: (row) => formatProbability(row.confidence),
      },
      {
        head: { en: 'Wrong', ko: '오답' },
        numeric: true,
        value: ({ wrong }) => formatCount(wrong),
      },
      {
        head: { en: 'Accuracy', ko: '정확도' },
        numeric: true,
        value: ({ samples, wrong }) => formatPercent(1 - wrong / samples),
      },
    ],
    rows: withheld,
  });
}

function binTable(bins: readonly CalibrationBin[]): Html {
  const value = (bin: CalibrationBin, of: number) =>
    bin.samples === 0 ? '–' : formatPercent(of, 1);
  return renderTable<CalibrationBin>({
    caption: { en: 'Bins of confidence', ko: '확신도 구간' },
    columns: [
      {
        head: { en: 'Confidence', ko: '확신도' },
        heading: true,
        value: ({ from, to }) => ({
          en: `${formatPercent(from, 0)} to ${formatPercent(to, 0)}`,
          ko: `${formatPercent(from, 0)}–${formatPercent(to, 0)}`,
        }),
      },
      {
        head: { en: 'Images', ko: '이미지' },
        numeric: true,
        value: ({ samples }) => formatCount(samples),
      },
      {
        head: { en: 'Mean confidence', ko: '평균 확신도' },
        numeric: true,
        value: (bin) => value(bin, bin.confidence),
      },
      {
        head: { en: 'Correct', ko: '맞음' },
        numeric: true,
        value: (bin) => value(bin, bin.accuracy),
      },
      {
        head: { en: 'Distance', ko: '거리' },
        numeric: true,
        value: (bin) =>
          bin.samples === 0 ? '–' : formatNumber(Math.abs(bin.accuracy - bin.confidence), 2),
      },
    ],
    rows: bins,
  });
}

function code({ name }: Run): string {
  return `import { calibration, expectedCalibrationError, readRun } from '@convbook/report';

const { evaluation } = readRun(${quote(`reports/${name}`)});
if (evaluation) {
  const bins = calibration(evaluation);
  console.table(bins);
  console.log(expectedCalibrationError(bins));
}`;
}
