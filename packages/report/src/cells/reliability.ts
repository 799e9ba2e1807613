import {
  calibration,
  expectedCalibrationError,
  withhold,
  type CalibrationBin,
  type Withheld,
} from '../calibration.ts';
import { renderChart } from '../charts/chart.ts';
import { reliabilityChart } from '../charts/reliability-chart.ts';
import { formatCount, formatNumber, formatPercent, formatProbability } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { Run } from '../run/run.ts';
import { detailFold, quote, sourceFold } from '../source-code.ts';
import { renderTable } from '../table.ts';
import type { Cell } from './cell.ts';

/** Fractions of the answers that are given in the table of withheld ones. */
const answered = [1, 0.995, 0.99, 0.98, 0.95, 0.9, 0.8, 0.5];

/** Whether the model knows how sure it may be. */
export const reliabilityCell: Cell = {
  id: 'confidence',
  title: 'How far its confidence can be trusted',
  async render(run) {
    const { evaluation } = run;
    if (evaluation === null || evaluation.samples === 0) return null;
    const bins = calibration(evaluation);
    const error = expectedCalibrationError(bins);
    const withheld = withhold(evaluation, answered);
    return html`<p>
        Of all answers given with a probability of 80%, four in five should be right. Bars that end
        on the dashed line mean that; bars below it are overconfident, which would be bad where
        someone acts on the probability, above it too cautious. The expected calibration error (ECE)
        is the mean distance from the line, weighted by the images in each bin: here
        ${formatPercent(error, 2)}. ${whereTheyAre(bins)}
      </p>
      <figure>
        ${await renderChart(reliabilityChart(bins))}
        <figcaption>
          Bars: ten bins of equal width. Dots: the mean confidence of a bin against its share of
          right answers. A bin without images has no bar.
        </figcaption>
      </figure>
      ${detailFold('The bins as a table', binTable(bins))}
      <p>
        Confidence is useful where doubtful images can be left to somebody else. The errors should
        fall quickly as the least certain answers are withheld: ${best(withheld)}
      </p>
      <figure>${withheldTable(withheld)}</figure>
      ${sourceFold(code(run))}`;
  },
};

function whereTheyAre(bins: readonly CalibrationBin[]): string {
  const all = bins.reduce((sum, { samples }) => sum + samples, 0);
  const fullest = bins.reduce((a, b) => (b.samples > a.samples ? b : a));
  return `${formatPercent(fullest.samples / all, 1)} of the images lie in the bin from ${formatPercent(fullest.from, 0)} to ${formatPercent(fullest.to, 0)}; bins with few images say little.`;
}

function best(withheld: readonly Withheld[]): string {
  const [whole, ...rest] = withheld;
  const half = rest.find(({ wrong }) => wrong <= whole.wrong / 2);
  if (whole.wrong === 0) return 'here there are none.';
  if (half === undefined) return 'here they do not halve even with half of the images withheld.';
  return `without the least certain ${formatPercent(1 - half.answered, 1)} of the images ${half.wrong} of ${whole.wrong} errors are left.`;
}

function withheldTable(withheld: readonly Withheld[]): Html {
  return renderTable<Withheld>({
    caption: 'Accuracy when the least certain answers are withheld',
    columns: [
      { head: 'Answered', heading: true, value: (row) => formatPercent(row.answered, 1) },
      { head: 'Images', numeric: true, value: ({ samples }) => formatCount(samples) },
      { head: 'Confidence from', numeric: true, value: (row) => formatProbability(row.confidence) },
      { head: 'Wrong', numeric: true, value: ({ wrong }) => formatCount(wrong) },
      {
        head: 'Accuracy',
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
    caption: 'Bins of confidence',
    columns: [
      {
        head: 'Confidence',
        heading: true,
        value: ({ from, to }) => `${formatPercent(from, 0)} to ${formatPercent(to, 0)}`,
      },
      { head: 'Images', numeric: true, value: ({ samples }) => formatCount(samples) },
      { head: 'Mean confidence', numeric: true, value: (bin) => value(bin, bin.confidence) },
      { head: 'Right', numeric: true, value: (bin) => value(bin, bin.accuracy) },
      {
        head: 'Distance',
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
