// The figures of the first screen: the accuracy, and what the model took.
import {
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  html,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run, RunResult } from '@convbook/run';
import { wilsonInterval } from '../analysis/wilson.ts';

/** Figures that the accuracy does not tell, and the cost of the model. */
export function keyFigures({ record, epochs }: Run): Html {
  const { result, model } = record;
  const last = epochs.at(-1);
  const loss = result?.testLoss ?? last?.testLoss;
  const figures: [Text, Text | string | undefined][] = [
    [{ en: 'Test loss', ko: '시험 손실' }, loss === undefined ? undefined : formatNumber(loss)],
    [
      { en: 'Time, tests included', ko: '시간(시험 포함)' },
      result && formatDuration(result.elapsedSeconds),
    ],
    [
      { en: 'Images a second', ko: '초당 이미지' },
      result && formatCount(Math.round(result.imagesPerSecond)),
    ],
    [{ en: 'Parameters', ko: '매개변수' }, formatCount(model.parameters)],
    [{ en: 'Epochs', ko: '에폭' }, formatCount(result?.epochs ?? last?.epoch ?? 0)],
  ];
  return html`<dl class="key-figures">
    ${scoreFigures(record.result)}
    ${figures.map(
      ([name, value]) =>
        value !== undefined &&
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The accuracy on the test images with its interval; null before the first epoch has ended. */
export function accuracyFigure({ record: { result }, epochs }: Run): Html | null {
  const last = epochs.at(-1);
  const accuracy = result?.testAccuracy ?? last?.testAccuracy;
  if (accuracy === undefined) return null;
  const samples = result?.testSamples ?? last?.testSamples ?? 0;
  const correct = result?.testCorrect ?? Math.round(accuracy * samples);
  const { low, high } = wilsonInterval(correct, samples);
  return html`<dl class="main-figure">
    <dt>${{ en: 'Test accuracy', ko: '시험 정확도' }}</dt>
    <dd>
      ${formatPercent(accuracy)}
      <small
        >${{
          en: `95% interval ${formatPercent(low)} to ${formatPercent(high)}`,
          ko: `95% 구간 ${formatPercent(low)}–${formatPercent(high)}`,
        }}</small
      >
    </dd>
  </dl>`;
}

/** Figures that the accuracy does not tell. */
function scoreFigures(result: RunResult | undefined): Html[] {
  const scores: [Text, number | undefined][] = [
    [{ en: 'Balanced accuracy', ko: '균형 정확도' }, result?.balancedAccuracy],
    [{ en: 'Macro F1', ko: '매크로 F1' }, result?.macroF1],
    [{ en: 'Top-5 accuracy', ko: '상위 5개 정확도' }, result?.top5Accuracy],
  ];
  return scores.flatMap(([name, score]) =>
    score === undefined
      ? []
      : [
          html`<div>
            <dt>${name}</dt>
            <dd>${formatPercent(score)}</dd>
          </div>`,
        ],
  );
}
