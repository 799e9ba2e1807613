import { accuracyChart, bestEpoch } from '../charts/accuracy-chart.ts';
import { renderChart } from '../charts/chart.ts';
import { gradientChart } from '../charts/gradient-chart.ts';
import { lossChart, smoothingWindow } from '../charts/loss-chart.ts';
import { rateChart } from '../charts/rate-chart.ts';
import { speedChart } from '../charts/speed-chart.ts';
import { formatCount, formatDate, formatPercent, formatPlural } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { Run } from '../run/run.ts';
import { detailFold, quote, sourceFold } from '../source-code.ts';
import type { Cell } from './cell.ts';
import { epochTable, stepTable } from './training-tables.ts';

/** Loss, accuracy and learning rate through training. */
export const trainingCell: Cell = {
  id: 'training',
  title: 'Training',
  async render(run) {
    const loss = lossChart(run);
    if (loss === null) return null;
    const [accuracy, rate] = [accuracyChart(run), rateChart(run)];
    const [gradient, speed] = [gradientChart(run), speedChart(run)];
    return html`<p>
        The loss should fall steeply at first and then slowly, with noise, because each step sees
        only ${formatPlural(run.record.configuration.batchSize, 'image')}. A loss that rises or
        stays where it began would be bad: the learning rate is then usually too high or too low. A
        test loss that turns upwards while the training loss falls means overfitting.
      </p>
      <figure>
        ${await renderChart(loss)}
        <figcaption>${lossCaption(run)}</figcaption>
      </figure>
      ${
        accuracy &&
        html`<p>${accuracyProse(run)}</p>
          <figure>
            ${await renderChart(accuracy)}
            <figcaption>
              Training accuracy is counted over the steps of the epoch, while the parameters still
              change, test accuracy at the epoch’s end: that is why test can lie above train at
              first. The ring is around the highest test accuracy.
            </figcaption>
          </figure>`
      }
      ${
        rate &&
        html`<figure>
          ${await renderChart(rate)}
          <figcaption>
            The learning rate of each step, by the schedule
            “${run.record.configuration.schedule.name}”.
          </figcaption>
        </figure>`
      }
      ${
        gradient &&
        html`<p>
            The gradient’s norm says how far the loss asks the parameters to move. It should be of
            one order of magnitude and shrink as the loss does. Peaks far above the rest would be
            bad: single batches then throw the model back.
          </p>
          <figure>
            ${await renderChart(gradient)}
            <figcaption>Pale, each step; over it the mean of the last steps.</figcaption>
          </figure>`
      }
      ${
        speed &&
        html`<figure>
          ${await renderChart(speed)}
          <figcaption>
            What the machine made of it, about once a second. A curve that sinks towards the end
            would be bad; dips come from other work on the machine.
          </figcaption>
        </figure>`
      }
      ${resumes(run)}
      ${run.epochs.length > 0 && detailFold('The epochs as a table', epochTable(run))}
      ${detailFold('The steps as a table', stepTable(run))} ${sourceFold(code(run))}`;
  },
};

/** When the run was begun again after an interruption, if it was. */
function resumes({ timing }: Run): Html | null {
  const starts = timing.flatMap((event) => (event.event === 'start' ? [event] : [])).slice(1);
  if (starts.length === 0) return null;
  return html`<p>
      This run was continued ${starts.length === 1 ? 'once' : `${starts.length} times`}. The model
      is the same as without the interruption.
    </p>
    <ul>
      ${starts.map(
        ({ at, step, workers }) =>
          html`<li>
            ${formatDate(at)}, after step ${formatCount(step)}, with
            ${formatPlural(workers, 'worker')}
          </li> `,
      )}
    </ul>`;
}

function lossCaption(run: Run): string {
  const window = smoothingWindow(run);
  const train =
    window === 1
      ? 'The loss of each step'
      : `Pale, the loss of each step; over it the mean of the last ${window} steps`;
  const test = '; the dots, the mean loss over the whole test set after each epoch';
  return `${train}${run.epochs.length > 0 ? test : ''}.`;
}

function accuracyProse({ epochs }: Run): string {
  const last = epochs[epochs.length - 1];
  const best = bestEpoch(epochs);
  const gap = last.trainAccuracy - last.testAccuracy;
  const course =
    best === last
      ? `Test accuracy ends at its highest, ${formatPercent(last.testAccuracy)}.`
      : `Test accuracy ends at ${formatPercent(last.testAccuracy)}; its highest was ${formatPercent(best.testAccuracy)} after epoch ${best.epoch}, ` +
        'which was not used to choose the model.';
  const distance =
    gap > 0
      ? `In the last epoch training accuracy is ${(gap * 100).toFixed(2)} percentage points above it; a gap that widens would be bad, the model then learns its training images by heart.`
      : 'Training accuracy is not above it; these curves show no overfitting.';
  return `${course} ${distance}`;
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
