// The gradient as the slope of the loss, and how near finite differences come to it.
import { highest, lowest } from '@convbook/core';
import { formatNumber, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { plot } from '../../figure/plot.ts';
import { lossesAt, type PartNumber } from './losses.ts';
import type { Numbers, Pass } from './network.ts';

/** Half the width of the curve of the loss. */
const reach = 2;
/** Values of the curve on each side of the number. */
const points = 24;
/** Exponents of the distances that are tried. */
const exponents = Array.from({ length: 13 }, (_, k) => -k / 2);

/** The number whose slope is looked at. */
interface SlopeOptions {
  readonly compute: Compute;
  readonly numbers: Numbers;
  readonly label: number;
  readonly pass: Pass;
  readonly chosen: PartNumber;
  /** The distance is 10 to this power. */
  readonly exponent: number;
}

/** The losses at a distance above and below the number. */
interface Pair {
  readonly distance: number;
  readonly above: number;
  readonly below: number;
}

/** The loss around a number. */
export interface Slope {
  readonly value: number;
  readonly loss: number;
  /** By the chain rule. */
  readonly gradient: number;
  readonly curve: readonly (readonly [value: number, loss: number])[];
  /** At the distance that was chosen. */
  readonly pair: Pair;
  /** From a distance of 1 to a millionth. */
  readonly pairs: readonly Pair[];
}

/** (L(v + h) − L(v − h)) / 2h. */
export const differenceOf = ({ distance, above, below }: Pair) => (above - below) / (2 * distance);

/** Computes the loss at all values that are shown, as one batch. */
export function slopeOf(options: SlopeOptions): Slope {
  const { compute, numbers, label, pass, chosen, exponent } = options;
  const { values, gradient } = pass.parts[chosen.part];
  const value = values[chosen.index];
  const xs = Array.from(
    { length: 2 * points + 1 },
    (_, k) => value + (reach * (k - points)) / points,
  );
  const distances = [exponent, ...exponents].map((power) => 10 ** power);
  const near = distances.flatMap((distance) => [value + distance, value - distance]);
  const losses = lossesAt(compute, numbers, label, chosen, values, [...xs, ...near]);
  const [pair, ...pairs] = distances.map((distance, k) => {
    const at = xs.length + 2 * k;
    return { distance, above: losses[at], below: losses[at + 1] };
  });
  return {
    value,
    loss: pass.loss,
    gradient: gradient[chosen.index],
    curve: xs.map((x, k) => [x, losses[k]] as const),
    pair,
    pairs,
  };
}

/** The loss as the number moves, with its tangent and the line through two near points. */
export function slopePlot({ value, loss, gradient, curve, pair }: Slope): Html {
  const { distance, above, below } = pair;
  const heights = curve.map(([, height]) => height);
  const [bottom, top] = [
    Math.min(lowest(heights), loss - 0.1),
    Math.max(highest(heights), loss + 0.1),
  ];
  const line = (through: number, by: number): [number, number][] =>
    clipped(
      curve.map(([x]) => [x, through + by * (x - value)]),
      bottom,
      top,
    );
  return plot({
    lines: [
      { name: { en: 'loss', ko: '손실' }, points: curve, color: 0 },
      {
        name: { en: 'slope by the chain rule', ko: '연쇄 법칙으로 구한 기울기' },
        points: line(loss, gradient),
        color: 1,
      },
      {
        name: { en: 'finite difference', ko: '유한 차분' },
        points: line((above + below) / 2, differenceOf(pair)),
        color: 2,
        dashed: true,
      },
    ],
    dots: [
      { at: [value, loss], color: 1 },
      { at: [value - distance, below], color: 2 },
      { at: [value + distance, above], color: 2 },
    ],
    x: {
      label: { en: 'the chosen number', ko: '고른 수' },
      domain: [value - reach, value + reach],
    },
    y: { label: { en: 'Loss', ko: '손실' }, domain: [bottom, top] },
    alt: {
      en: `The loss as the chosen number moves from ${formatNumber(value - reach)} to ${formatNumber(value + reach)}: at ${formatNumber(value)} its slope is ${formatNumber(gradient)}.`,
      ko: `고른 수를 ${formatNumber(value - reach)}에서 ${formatNumber(value + reach)}까지 바꿀 때의 손실입니다. ${formatNumber(value)}에서 기울기는 ${formatNumber(gradient)}입니다.`,
    },
    width: 420,
  });
}

function clipped(line: [number, number][], low: number, high: number): [number, number][] {
  return line.filter(([, y]) => y >= low - 1e-9 && y <= high + 1e-9);
}

/** How far the finite difference is from the gradient, for distances from 1 down to a millionth. */
export function errorPlot({ gradient, pair, pairs }: Slope): Html {
  const errorOf = (one: Pair) => Math.max(floor, Math.abs(differenceOf(one) - gradient));
  const errors = pairs.map((one) => [one.distance, errorOf(one)] as const);
  const [bestDistance, best] = errors.reduce((least, one) => (one[1] < least[1] ? one : least));
  return plot({
    lines: [{ name: { en: 'difference', ko: '차이' }, points: errors, color: 2 }],
    dots: [{ at: [pair.distance, errorOf(pair)], color: 2 }],
    x: { label: { en: 'distance h', ko: '간격 h' }, domain: [1e-6, 1], isLog: true },
    y: {
      label: { en: 'Difference from the chain rule', ko: '연쇄 법칙과의 차이' },
      domain: [floor, 1],
      isLog: true,
    },
    alt: {
      en: `The finite difference comes nearest, to ${formatNumber(best)}, at a distance of ${formatNumber(bestDistance)}.`,
      ko: `유한 차분은 간격이 ${formatNumber(bestDistance)}일 때 가장 작고, 그때의 차이는 ${formatNumber(best)}입니다.`,
    },
    width: 420,
  });
}

/** Differences below are drawn here: a logarithm has no place for 0. */
const floor = 1e-8;
