// The gradient as the slope of the loss, and how near finite differences come to it.
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

export interface SlopeOptions {
  readonly compute: Compute;
  readonly numbers: Numbers;
  readonly label: number;
  readonly pass: Pass;
  readonly chosen: PartNumber;
  /** The distance is 10 to this power. */
  readonly exponent: number;
}

/** (L(v + h) − L(v − h)) / 2h. */
export function difference(options: SlopeOptions, exponent = options.exponent): number {
  const { distance, above, below } = pairAt(options, [exponent])[0];
  return (above - below) / (2 * distance);
}

/** The losses at a distance above and below the chosen number, for each distance. */
function pairAt({ compute, numbers, label, pass, chosen }: SlopeOptions, tried: readonly number[]) {
  const { values } = pass.parts[chosen.part];
  const distances = tried.map((exponent) => 10 ** exponent);
  const losses = lossesAt(
    compute,
    numbers,
    label,
    chosen,
    values,
    distances.flatMap((distance) => [
      values[chosen.index] + distance,
      values[chosen.index] - distance,
    ]),
  );
  return distances.map((distance, k) => ({
    distance,
    above: losses[2 * k],
    below: losses[2 * k + 1],
  }));
}

/** The loss as the chosen number moves, with its tangent and the line through two near points. */
export function slopePlot(options: SlopeOptions): Html {
  const { compute, numbers, label, pass, chosen, exponent } = options;
  const { values, gradient } = pass.parts[chosen.part];
  const [value, slope] = [values[chosen.index], gradient[chosen.index]];
  const xs = Array.from(
    { length: 2 * points + 1 },
    (_, k) => value + (reach * (k - points)) / points,
  );
  const losses = lossesAt(compute, numbers, label, chosen, values, xs);
  const [{ distance, above, below }] = pairAt(options, [exponent]);
  const highest = Math.max(...losses, pass.loss + 0.1);
  const lowest = Math.min(...losses, pass.loss - 0.1);
  const line = (through: number, by: number): [number, number][] =>
    clipped(
      xs.map((x) => [x, through + by * (x - value)]),
      lowest,
      highest,
    );
  const secant = (above - below) / (2 * distance);
  return plot({
    lines: [
      {
        name: { en: 'loss', ko: '손실' },
        points: xs.map((x, k) => [x, losses[k]]),
        color: 0,
      },
      {
        name: { en: 'slope by the chain rule', ko: '연쇄 법칙으로 구한 기울기' },
        points: line(pass.loss, slope),
        color: 1,
      },
      {
        name: { en: 'finite difference', ko: '유한 차분' },
        points: line((above + below) / 2, secant),
        color: 2,
        dashed: true,
      },
    ],
    dots: [
      { at: [value, pass.loss], color: 1 },
      { at: [value - distance, below], color: 2 },
      { at: [value + distance, above], color: 2 },
    ],
    x: {
      label: { en: 'the chosen number', ko: '고른 수' },
      domain: [value - reach, value + reach],
    },
    y: { label: { en: 'Loss', ko: '손실' }, domain: [lowest, highest] },
    alt: {
      en: `The loss as the chosen number moves from ${formatNumber(value - reach)} to ${formatNumber(value + reach)}: at ${formatNumber(value)} its slope is ${formatNumber(slope)}.`,
      ko: `고른 수를 ${formatNumber(value - reach)}에서 ${formatNumber(value + reach)}까지 바꿀 때의 손실입니다. ${formatNumber(value)}에서 기울기는 ${formatNumber(slope)}입니다.`,
    },
    width: 420,
  });
}

function clipped(line: [number, number][], low: number, high: number): [number, number][] {
  return line.filter(([, y]) => y >= low - 1e-9 && y <= high + 1e-9);
}

/** How far the finite difference is from the gradient, for distances from 1 down to a millionth. */
export function errorPlot(options: SlopeOptions): Html {
  const { pass, chosen, exponent } = options;
  const slope = pass.parts[chosen.part].gradient[chosen.index];
  const errors = pairAt(options, exponents).map(({ distance, above, below }): [number, number] => [
    distance,
    Math.max(floor, Math.abs((above - below) / (2 * distance) - slope)),
  ]);
  const [bestDistance, best] = errors.reduce((least, one) => (one[1] < least[1] ? one : least));
  const own = Math.max(floor, Math.abs(difference(options) - slope));
  return plot({
    lines: [{ name: { en: 'difference', ko: '차이' }, points: errors, color: 2 }],
    dots: [{ at: [10 ** exponent, own], color: 2 }],
    x: { label: { en: 'distance h', ko: '간격 h' }, domain: [1e-6, 1], isLog: true },
    y: {
      label: {
        en: 'Difference from the chain rule',
        ko: '연쇄 법칙과의 차이',
      },
      domain: [floor, 1],
      isLog: true,
    },
    alt: {
      en: `The finite difference comes nearest, to ${formatNumber(best)}, at a distance of ${formatNumber(bestDistance)}.`,
      ko: `유한 차분은 간격이 ${formatNumber(bestDistance)}일 때 차이가 ${formatNumber(best)}로 가장 작습니다.`,
    },
    width: 420,
  });
}

/** Differences below are drawn here: a logarithm has no place for 0. */
const floor = 1e-8;
