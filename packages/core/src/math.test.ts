import { describe, expect, test } from 'vitest';
import { cos, exp, log, pow, sin, tanh } from './math.ts';
import { normal, uniform } from './random.ts';

const bytes = new DataView(new ArrayBuffer(8));

/** Place of `x` among all float64 in ascending order. */
function rank(x: number): bigint {
  bytes.setFloat64(0, x);
  const bits = bytes.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** How many float64 lie between; 0 only for the same value and sign of zero. */
function distance(got: number, want: number): number {
  if (Object.is(got, want)) return 0;
  if (Number.isNaN(got) || Number.isNaN(want)) return Infinity;
  return Math.max(1, Math.abs(Number(rank(got) - rank(want))));
}

const extremes = [
  0,
  5e-324,
  1e-310,
  2.2250738585072014e-308,
  1e-20,
  0.5,
  0.625,
  1,
  2,
  Math.E,
  22,
  1e5,
];
const both = [...extremes, ...extremes.map((x) => -x), NaN];
const huge = [700, 709.78, 709.79, 745.13, 745.14, 1e19, 1e300, Number.MAX_VALUE, Infinity];
const beyond = [...huge, ...huge.map((x) => -x)];
const spread = (name: string, low: number, high: number) => [
  ...uniform(1, name, new Float64Array(20_000), low, high),
];
const quarterTurns = Array.from({ length: 6000 }, (_, n) => (n * 10 + 1) * (Math.PI / 2));
/** Every order of magnitude: 10 to a uniform power. */
const magnitudes = spread('magnitudes', -323, 308).map((x) => Math.pow(10, x));

describe('against the engine, in units of the last place', () => {
  test.each([
    [
      'exp',
      exp,
      Math.exp,
      [...both, ...beyond, ...spread('exp', -750, 715), ...spread('one', -1, 1)],
    ],
    ['log', log, Math.log, [...both, ...beyond, ...magnitudes, ...spread('log', 0.5, 2)]],
    [
      'sin',
      sin,
      Math.sin,
      [...both, ...spread('sin', -1e5, 1e5), ...spread('turn', -7, 7), ...quarterTurns],
    ],
    [
      'cos',
      cos,
      Math.cos,
      [...both, ...spread('cos', -1e5, 1e5), ...spread('turn', -7, 7), ...quarterTurns],
    ],
    [
      'tanh',
      tanh,
      Math.tanh,
      [...both, ...beyond, ...spread('tanh', -23, 23), ...spread('one', -1, 1)],
    ],
  ])('%s is within 2', (_, ours, theirs, inputs) => {
    const worst = inputs.map((x) => ({ x, ulps: distance(ours(x), theirs(x)) }));
    expect(worst.filter(({ ulps }) => ulps > 2)).toEqual([]);
  });

  test('pow is within 2', () => {
    const bases = spread('base', 0.01, 10);
    const exponents = normal(1, 'exponent', new Float64Array(bases.length), 0, 120);
    const pairs = [
      ...bases.map((x, index) => [x, exponents[index]]),
      ...magnitudes.map((x, index) => [x, exponents[index] / 120]),
    ];
    const worst = pairs.map(([x, y]) => ({ x, y, ulps: distance(pow(x, y), Math.pow(x, y)) }));
    expect(worst.filter(({ ulps }) => ulps > 2)).toEqual([]);
  });
});

describe('against mpmath at 300 bits, within 1 unit in the last place', () => {
  test.each([
    ['exp(-20.5)', exp(-20.5), 1.2501528663867426e-9],
    ['log(10)', log(10), 2.302585092994046],
    ['log(1e-310)', log(1e-310), -713.8013788281542],
    ['sin(1e5)', sin(1e5), 0.03574879797201651],
    ['cos(1e5)', cos(1e5), -0.9993608074382124],
    ['sin(π)', sin(Math.PI), 1.2246467991473532e-16],
    ['cos(π/2)', cos(Math.PI / 2), 6.123233995736766e-17],
    ['tanh(0.5)', tanh(0.5), 0.46211715726000974],
    ['pow(0.999, 1e5)', pow(0.999, 1e5), 3.5385276883431275e-44],
    ['pow(1 + 2^-52, 1e18)', pow(1 + Number.EPSILON, 1e18), 2.7086111089766717e96],
  ])('%s', (_, got, want) => expect(distance(got, want)).toBeLessThan(2));
});

describe('pow', () => {
  const operands = [0, 0.5, 1, 2, 2.5, 3, 5e-324, 1.7e308, 9007199254740994, 1e19, Infinity];
  const signed = [...operands, ...operands.map((x) => -x), NaN];

  test('has the special cases of ECMAScript', () => {
    const wrong = signed.flatMap((x) =>
      signed.flatMap((y) => (distance(pow(x, y), Math.pow(x, y)) > 2 ? [[x, y, pow(x, y)]] : [])),
    );
    expect(wrong).toEqual([]);
  });

  test('is exact for integer powers below 2^53', () => {
    for (let base = 2; base < 40; base++) {
      for (let y = 0, want = 1; want < 2 ** 53; y++, want *= base) {
        expect(`${base}^${y} = ${pow(base, y)}`).toBe(`${base}^${y} = ${want}`);
      }
    }
  });
});

test.each([1e5 + 1, -1e6, Infinity, -Infinity, NaN])('sin and cos of %d are NaN', (x) => {
  expect([sin(x), cos(x)]).toEqual([NaN, NaN]);
});
