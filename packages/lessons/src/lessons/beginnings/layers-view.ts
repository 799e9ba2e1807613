import { highest, lowest } from '@convbook/core';
import { formatNumber, formatPercent, html, type Html, type Text } from '@convbook/page/markup';
import { plot } from '../../figure/plot.ts';
import { histogram } from './histogram.ts';
import {
  deadUnits,
  deviationOf,
  deviationOverSamples,
  shareOf,
  type Batch,
  type Spread,
} from './spread.ts';
import type { Activation } from './starts.ts';
import { verdict } from './verdict.ts';

/** Histograms of every layer's values, and the spread of values and gradients by layer. */
export function layersView(activation: Activation, input: Batch, spreads: readonly Spread[]): Html {
  const outputs = spreads.map(({ output }) => output);
  const values = outputs.map((output) => deviationOf(output.values));
  const signals = outputs.map(deviationOverSamples);
  const gradients = spreads.map(({ gradient }) => deviationOf(gradient));
  const flat = outputs.map((output) => shareOf(output.values, activation.isFlat));
  return html`<div class="beginnings-layers">
      ${outputs.map((output, k) =>
        layer(activation, output, {
          number: k + 1,
          all: values[k],
          signal: signals[k],
          share: flat[k],
        }),
      )}
    </div>
    ${spreadPlot({
      values: [deviationOf(input.values), ...values],
      signals: [deviationOverSamples(input), ...signals],
      gradients,
    })}
    <p class="lesson-sum" data-say>
      ${verdict({ activation, values, signals, gradients, flat })}
    </p>`;
}

interface LayerNumbers {
  readonly number: number;
  /** Deviation of all values. */
  readonly all: number;
  /** Deviation of a unit over the samples. */
  readonly signal: number;
  /** Share of values where the function is flat. */
  readonly share: number;
}

function layer(
  { ends, flat, layer: { kind } }: Activation,
  output: Batch,
  { number, all, signal, share }: LayerNumbers,
): Html {
  const [spread, over] = [formatNumber(all), formatNumber(signal)];
  const dead = kind === 'relu' ? deadUnits(output) : 0;
  const isFlat = flat(formatPercent(share, 0));
  const count = output.shape[0];
  return histogram({
    title: { en: `Layer ${number}`, ko: `${number}층` },
    values: output.values,
    ends,
    open: kind === 'relu' ? 'high' : 'none',
    alt: {
      en: `Layer ${number}: deviation ${spread}, over the inputs ${over}, ${isFlat.en}`,
      ko: `${number}층: 표준편차 ${spread}, 입력에 따라 ${over}, ${isFlat.ko}`,
    },
    facts: [
      { en: `deviation ${spread}`, ko: `표준편차 ${spread}` },
      { en: `over the inputs ${over}`, ko: `입력에 따라 ${over}` },
      isFlat,
      kind === 'relu' && { en: `${dead} of ${count} dead`, ko: `${count}개 중 ${dead}개 죽음` },
    ],
  });
}

/** Deviations from the input up; that of the gradient from the first layer. */
interface Deviations {
  readonly values: readonly number[];
  readonly signals: readonly number[];
  readonly gradients: readonly number[];
}

function spreadPlot({ values, signals, gradients }: Deviations): Html {
  const all = [...values, ...signals, ...gradients].filter((value) => value > 0);
  const domain = [
    10 ** Math.floor(Math.log10(Math.min(0.1, lowest(all)))),
    10 ** Math.ceil(Math.log10(Math.max(1, highest(all)))),
  ] as const;
  const points = (deviations: readonly number[], first: number) =>
    deviations.map((deviation, k) => [first + k, deviation] as const);
  const [whole, up, down] = [points(values, 0), points(signals, 0), points(gradients, 1)];
  return plot({
    lines: [
      { name: { en: 'all values', ko: '값 전체' }, points: whole, color: 2, dashed: true },
      {
        name: { en: 'a unit over the inputs, on its way up', ko: '입력에 따른 값(위로)' },
        points: up,
        color: 0,
      },
      {
        name: { en: 'gradient, on its way down', ko: '기울기(아래로)' },
        points: down,
        color: 1,
        dashed: true,
      },
    ],
    dots: [...up.map((at) => ({ at, color: 0 })), ...down.map((at) => ({ at, color: 1 }))],
    x: {
      label: { en: 'layer; 0 is the input', ko: '층(0은 입력)' },
      domain: [0, gradients.length],
    },
    y: { label: { en: 'Standard deviation:', ko: '표준편차:' }, domain, isLog: true },
    alt: plotAlt(signals, gradients),
    height: 220,
  });
}

function plotAlt(signals: readonly number[], gradients: readonly number[]): Text {
  const [first, last] = [signals[0], signals[signals.length - 1]].map((value) =>
    formatNumber(value),
  );
  const low = formatNumber(gradients[0]);
  return {
    en: `Over the inputs the deviation of a unit goes from ${first} at the input to ${last} in the last layer; that of the gradient, 1 at the top, is ${low} at the first layer.`,
    ko: `입력에 따른 값의 표준편차는 입력에서 ${first}, 마지막 층에서 ${last}이고, 위에서 1이던 기울기의 표준편차는 첫 층에서 ${low}입니다.`,
  };
}
