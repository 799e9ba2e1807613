import {
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatPlural,
} from '../format.ts';
import { html, type Html } from '../html.ts';
import type { Run } from '../run/run.ts';
import { commandLine, quote, sourceFold } from '../source-code.ts';
import { wilsonInterval } from '../wilson.ts';
import type { Cell } from './cell.ts';

/** How well the model does, at what cost, and the command that repeats the run. */
export const resultCell: Cell = {
  id: 'result',
  title: 'Result',
  render(run) {
    const { command, status } = run.record;
    const repetition =
      status === 'complete'
        ? 'The same command gives the same model, byte for byte, on any number of workers:'
        : 'The command that began this run:';
    return html`${unfinishedNote(run)}${keyFigures(run)} ${accuracyProse(run)}
      <p>${repetition}</p>
      ${commandLine(command)} ${status === 'complete' && verification(run)}
      ${run.evaluation !== null && sourceFold(code(run))}`;
  },
};

function verification({ name }: Run): Html {
  return html`<p>
      This trains again from <code>run.json</code> alone and compares the SHA-256 of the two models:
    </p>
    ${commandLine(`pnpm verify ${shellWord(name)}`)}`;
}

/** A word as a shell takes it: quoted where it has other than plain characters. */
function shellWord(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function keyFigures({ record, epochs }: Run): Html {
  const { result, model, configuration } = record;
  const last = epochs.at(-1);
  const loss = result?.testLoss ?? last?.testLoss;
  const figures: [string, string | undefined][] = [
    ['Test loss', loss === undefined ? undefined : formatNumber(loss)],
    ['Time', result && formatDuration(result.elapsedSeconds)],
    ['Images a second', result && formatCount(Math.round(result.imagesPerSecond))],
    ['Parameters', formatCount(model.parameters)],
    ['Epochs', formatCount(result?.epochs ?? last?.epoch ?? 0)],
    ['Seed', String(configuration.seed)],
  ];
  return html`<dl class="key-figures">
    ${accuracyFigure(record, last)}
    ${figures.map(
      ([name, value]) =>
        value !== undefined &&
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
    ${
      result &&
      html`<div class="hash">
        <dt>SHA-256 of the model</dt>
        <dd><code>${result.modelSha256}</code></dd>
      </div>`
    }
  </dl>`;
}

function accuracyFigure({ result }: Run['record'], last: Run['epochs'][number] | undefined) {
  const accuracy = result?.testAccuracy ?? last?.testAccuracy;
  if (accuracy === undefined) return null;
  const samples = result?.testSamples ?? last?.testSamples ?? 0;
  const correct = result?.testCorrect ?? Math.round(accuracy * samples);
  const { low, high } = wilsonInterval(correct, samples);
  return html`<div class="main-figure">
    <dt>Test accuracy</dt>
    <dd>
      ${formatPercent(accuracy)}
      <small>95% interval ${formatPercent(low)} to ${formatPercent(high)}</small>
    </dd>
  </div>`;
}

function accuracyProse({ record }: Run): Html | null {
  const { result, data } = record;
  if (result === undefined) return null;
  const chance = formatPercent(1 / data.classNames.length, 0);
  return html`<p>
    Of ${formatCount(result.testSamples)} test images, none of which the model was trained on, it
    names ${formatCount(result.testCorrect)} correctly and
    ${formatCount(result.testSamples - result.testCorrect)} wrongly. Guessing one of
    ${formatCount(data.classNames.length)} equally frequent classes would be right ${chance} of the
    time; a result near that would mean that nothing was learned. The interval says how precisely
    ${formatPlural(result.testSamples, 'image')} can measure the accuracy (Wilson’s method). It does
    not include that another seed gives a slightly different model.
  </p>`;
}

function unfinishedNote({ record, steps, stepsPerEpoch }: Run): Html | null {
  if (record.status === 'complete') return null;
  const state = {
    running: 'was still running when this page was made',
    interrupted: 'was interrupted',
    diverged: 'diverged, its loss or gradients were no longer finite numbers',
    failed: 'failed',
  }[record.status];
  const last = steps.at(-1)?.step;
  const planned = (stepsPerEpoch ?? 0) * record.configuration.epochs;
  const place =
    last === undefined
      ? 'before its first step'
      : `after step ${formatCount(last)} of ${formatCount(planned)}`;
  return html`<p class="note">
    <strong>Unfinished.</strong> This run ${state}, ${place}. What follows is what it had written by
    then.
  </p>`;
}

function code({ name }: Run): string {
  return `import { predictions, readRun, wilsonInterval } from '@convbook/report';

const { evaluation } = readRun(${quote(`reports/${name}`)});
if (evaluation) {
  const { samples, labels } = evaluation;
  const correct = predictions(evaluation).filter((k, sample) => k === labels[sample]).length;
  console.log(correct / samples, wilsonInterval(correct, samples));
}`;
}
