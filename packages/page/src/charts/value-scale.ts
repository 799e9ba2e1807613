import type { Text } from '../text/text.ts';
import { boundsOf, type Point } from './series.ts';

/**
 * Vertical scale of some values: logarithmic where they are positive and the highest is at least three
 * times the lowest, unless asked to be linear.
 */
export function valueScale(points: readonly Point[], kind?: 'linear') {
  const [low, high] = boundsOf(points.map(({ y }) => y));
  const logarithmic = kind !== 'linear' && low > 0 && high >= 3 * low;
  const scale = logarithmic ? { type: 'log', domain: [low, high] } : { zero: false, nice: false };
  const axis = logarithmic
    ? { values: decades(low, high), format: '~g', labelExpr: smallAsPowers, labelOverlap: false }
    : { tickCount: 5 };
  return {
    title: (name: Text): Text =>
      logarithmic
        ? { en: `${name.en}, on a logarithmic scale`, ko: `${name.ko}(로그 눈금)` }
        : name,
    channel: { field: 'y', type: 'quantitative', title: null, scale, axis },
    place: (y: number) =>
      logarithmic
        ? Math.log(y / low) / Math.log(high / low)
        : (y - low) / Math.max(high - low, 1e-9),
  };
}

/** `1e−5` instead of `0.00001`, which the room at the axis cannot hold, from where formatNumber writes it so. */
export const smallAsPowers =
  "datum.value > 0 && datum.value < 0.0001 ? replace(format(datum.value, '.1~e'), '-', '−') : datum.label";

/** Ticks of a logarithmic axis: powers of ten, with 2 and 5 between them where there are few. */
function decades(low: number, high: number): number[] {
  const steps = high / low < 200 ? [1, 2, 5] : [1];
  const first = Math.floor(Math.log10(low));
  const powers = Array.from(
    { length: Math.ceil(Math.log10(high)) - first + 1 },
    (_, k) => first + k,
  );
  return powers
    .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
    .filter((tick) => tick >= low && tick <= high);
}
