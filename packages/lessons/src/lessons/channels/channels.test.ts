import { expect, test } from 'vitest';
import { bookCompute, viewText } from '../../testing/index.ts';
import { activate, activation, activationFigure } from './activation-figure.ts';
import { bank } from './bank-figure.ts';
import { bankMaps } from './bank-view.ts';
import { colorFilters } from './color-filters.ts';
import { channelsLesson } from './index.ts';
import { sum, sumFigure } from './sum-figure.ts';
import type { SumState } from './sum-state.ts';

const compute = await bookCompute();
const sumText = (state: Partial<SumState>) => viewText(sum, { ...sum.start, ...state }, compute);
const choose = (label: string, value: string) => {
  const control = sum.controls.find((one) => one.label.en === label);
  if (control?.kind !== 'choice') throw new Error(`no choice ${label}`);
  return control.set(sum.start, value);
};

test('a red line and a yellow one are alike to a filter that reads red alone', () => {
  const yellow = { row: 0, column: 2 };
  expect(sumText({})).toContain('Red 3 + green 0 + blue 0 = 3');
  expect(sumText({ at: yellow })).toContain('Red 3 + green 0 + blue 0 = 3');
  const { weights } = colorFilters.redNotYellow;
  expect(sumText({ weights })).toContain('Red 3 + green 0 + blue 0 = 3');
  const settled = sumText({ weights, at: yellow });
  expect(settled).toContain('Red 3 + green (−3) + blue 0 = 0');
  expect(settled).toContain('Green: 1·(−1) + 1·(−1) + 1·(−1) = −3');
});

test('the channels’ shares add up to what a convolution over all three gives, at every place', () => {
  const weights = Array.from({ length: 27 }, (_, k) => (k % 7) - 3);
  for (let place = 0; place < 9; place++) {
    const text = sumText({ weights, at: { row: Math.floor(place / 3), column: place % 3 } });
    const [, ...found] =
      /Red (\S+) \+ green (\S+) \+ blue (\S+) = (\S+)/
        .exec(text)
        ?.map((part) => Number(part.replace(/[()]/g, '').replace('−', '-'))) ?? [];
    expect(found).toHaveLength(4);
    expect(found[0] + found[1] + found[2]).toBe(found[3]);
  }
});

test('painting changes one pixel; weights of one’s own are no named filter', () => {
  const place = { part: 'picture', row: 4, column: 2 };
  const painted = sum.choose?.(sum.start, { ...place, by: 'press' });
  expect(painted?.picture.filter((color) => color === 'red')).toHaveLength(5);
  expect(sum.choose?.(sum.start, { ...place, by: 'arrow' }).picture).toEqual(sum.start.picture);
  expect(choose('Filter', 'own')).toEqual(sum.start);
  expect(choose('Paint with', 'purple')).toEqual(sum.start);
  expect(choose('Filter', 'blueBelow').weights).toEqual(colorFilters.blueBelow.weights);
});

test.each([
  ['relu', [1, 0, 1, 1, 0, 1, 0, 0, 0]],
  ['none', [1, -8, 1, 1, -8, 1, 0, -6, 0]],
] as const)('bias −2, then %s', (name, expected) => {
  const state = { ...activation.start, activation: name };
  expect(activate(compute, state).active).toEqual(expected);
});

test('sigmoid and tanh of the moment', () => {
  const at = { ...activation.start, bias: 0 };
  expect(viewText(activation, { ...at, activation: 'sigmoid' }, compute)).toContain(
    '3 + 0 = 3; sigmoid(3) = 0.953',
  );
  expect(viewText(activation, { ...at, activation: 'tanh', bias: -8 }, compute)).toContain(
    '3 + (−8) = −5; tanh(−5) = −1',
  );
});

test('typed nonsense and huge numbers leave numbers', () => {
  const huge = { ...activation.start, map: [1e9, -1e9, 0, 0, 0, 0, 0, 0, 0] };
  for (const name of ['relu', 'sigmoid', 'tanh', 'none'] as const) {
    const text = viewText(activation, { ...huge, activation: name }, compute);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  }
});

test.each([
  [6, 5, '32×32×3 becomes 28×28×6. Parameters: 6·(5·5·3 + 1) = 456', '352,800'],
  [6, 3, '32×32×3 becomes 30×30×6. Parameters: 6·(3·3·3 + 1) = 168', '145,800'],
  [1, 1, '32×32×3 becomes 32×32×1. Parameters: 1·(1·1·3 + 1) = 4', '3,072'],
])('%i filters of size %i', (count, size, sizes, products) => {
  const text = viewText(bank, { ...bank.start, count, size }, compute);
  expect(text).toContain(sizes);
  expect(text).toContain(products);
});

test('filters of 1×1 find colours but no edges', () => {
  const largestOf = (size: number, filter: number) => {
    const { shape, values } = bankMaps(compute, { ...bank.start, size }).feature;
    const area = shape[1] * shape[2];
    return Math.max(...values.slice(filter * area, (filter + 1) * area));
  };
  expect([4, 5].map((filter) => largestOf(1, filter))).toEqual([0, 0]);
  expect(largestOf(5, 4)).toBeGreaterThan(0.1);
  expect(largestOf(1, 1)).toBeGreaterThan(0.5);
});

test('the answers are those of the texts', () => {
  expect(channelsLesson.checks.map(({ answer }) => answer)).toEqual([5000, 18_496, 4704]);
});

test.each([sumFigure, activationFigure])('%# takes huge numbers that are typed in', (figure) => {
  figure.use((own) => {
    for (const control of own.controls) {
      if (control.kind !== 'numbers') continue;
      const huge = control.set(own.start, [1e300, -1e300, 1e39, 0, 0, 0, 0, 0, 0]);
      expect(control.get(huge).slice(0, 3)).toEqual([99, -99, 99]);
      expect(viewText(own, huge, compute)).not.toMatch(/NaN|Infinity/);
    }
  });
});
