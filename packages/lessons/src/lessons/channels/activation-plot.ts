import { highest, lowest } from '@convbook/core';
import { formatNumber, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { plot } from '../../figure/plot.ts';
import { activations, type ActivationName } from './activations.ts';

/** Points of the curve. */
const points = 97;

/** The function with the values of a map on it, before and after. */
export function activationPlot(
  compute: Compute,
  name: ActivationName,
  before: readonly number[],
  after: readonly number[],
): Html {
  const { text, layers, range } = activations[name];
  const end = Math.max(8, Math.ceil(highest(before.map(Math.abs))));
  const xs = Array.from({ length: points }, (_, k) => end * ((2 * k) / (points - 1) - 1));
  const ys = layers.length === 0 ? xs : compute.run([points], layers, xs).values;
  const off = before.filter((value) => value < 0).length;
  const [low, high] = [lowest(after), highest(after)].map((value) => formatNumber(value));
  return plot({
    lines: [{ name: text, color: 0, points: xs.map((x, k) => [x, ys[k]] as const) }],
    x: { label: { en: 'feature map + bias', ko: '특징 맵 + 편향' }, domain: [-end, end] },
    y: {
      label: { en: 'activation map', ko: '활성화 맵' },
      domain: range ?? [Math.min(0, lowest(ys)), end],
    },
    dots: before.map((x, k) => ({ at: [x, after[k]] as const, color: 1 })),
    alt: {
      en: `${off} of ${before.length} values lie below 0; after the activation (${text.en}) all lie between ${low} and ${high}.`,
      ko: `${before.length}개 가운데 ${off}개가 0보다 작습니다. 활성화 함수(${text.ko})를 거치면 모두 ${low}에서 ${high} 사이에 있습니다.`,
    },
    width: 380,
    height: 220,
  });
}
