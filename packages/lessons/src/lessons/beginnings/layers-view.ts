import { highest, lowest } from '@convbook/core';
import { formatNumber, formatPercent, html, type Html, type Text } from '@convbook/page/markup';
import { plot } from '../../figure/plot.ts';
import { histogram } from './histogram.ts';
import { deadUnits, deviationOf, shareOf, type Batch, type Spread } from './spread.ts';
import type { Activation } from './starts.ts';
import { verdict } from './verdict.ts';

/** Histograms of every layer's values, and the spread of values and gradients by layer. */
export function layersView(activation: Activation, input: Batch, spreads: readonly Spread[]): Html {
  const values = spreads.map(({ output }) => deviationOf(output.values));
  const gradients = spreads.map(({ gradient }) => deviationOf(gradient));
  const flat = spreads.map(({ output }) => shareOf(output.values, activation.isFlat));
  return html`<div class="beginnings-layers">
      ${spreads.map((spread, k) => layer(activation, spread, k + 1, values[k], flat[k]))}
    </div>
    ${spreadPlot([deviationOf(input.values), ...values], gradients)}
    <p class="lesson-sum" data-say>${verdict({ activation, values, gradients, flat })}</p>`;
}

function layer(
  { ends, flat, layer: { kind } }: Activation,
  { output }: Spread,
  number: number,
  deviation: number,
  share: number,
): Html {
  const [spread, percent] = [formatNumber(deviation), formatPercent(share, 0)];
  const dead = kind === 'relu' ? deadUnits(output) : 0;
  const isFlat = flat(percent);
  const all = output.shape[0];
  return histogram({
    title: { en: `Layer ${number}`, ko: `${number}층` },
    values: output.values,
    ends,
    open: kind === 'relu' ? 'high' : 'none',
    alt: {
      en: `Layer ${number}: deviation ${spread}, ${isFlat.en}`,
      ko: `${number}층: 표준편차 ${spread}, ${isFlat.ko}`,
    },
    facts: [
      { en: `deviation ${spread}`, ko: `표준편차 ${spread}` },
      isFlat,
      kind === 'relu' && { en: `${dead} of ${all} dead`, ko: `${all}개 중 ${dead}개 죽음` },
    ],
  });
}

function spreadPlot(values: readonly number[], gradients: readonly number[]): Html {
  const all = [...values, ...gradients].filter((value) => value > 0);
  const domain = [
    10 ** Math.floor(Math.log10(Math.min(0.1, lowest(all)))),
    10 ** Math.ceil(Math.log10(Math.max(1, highest(all)))),
  ] as const;
  const points = (deviations: readonly number[], first: number) =>
    deviations.map((deviation, k) => [first + k, deviation] as const);
  const [up, down] = [points(values, 0), points(gradients, 1)];
  return plot({
    lines: [
      { name: { en: 'values, on their way up', ko: '값(위로)' }, points: up, color: 0 },
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
    alt: plotAlt(values, gradients),
    height: 220,
  });
}

function plotAlt(values: readonly number[], gradients: readonly number[]): Text {
  const [first, last] = [values[0], values[values.length - 1]].map((value) => formatNumber(value));
  const low = formatNumber(gradients[0]);
  return {
    en: `The deviation of the values goes from ${first} at the input to ${last} in the last; that of the gradient, 1 at the top, is ${low} at the first layer.`,
    ko: `값의 표준편차는 입력 ${first}, 마지막 층 ${last}이고, 위에서 1이던 기울기의 표준편차는 첫 층에서 ${low}입니다.`,
  };
}
