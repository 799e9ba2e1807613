// The figure's numbers: gradients by the kernels, the chain rule as it is written out, finite differences.
import { assertClose } from '@convbook/core/testing';
import { expect, test } from 'vitest';
import { bookCompute, viewText } from '../../testing/index.ts';
import { chain, type ChainState } from './chain-figure.ts';
import { chainOf } from './chain.ts';
import { partNames } from './grids.ts';
import { backwardsLesson } from './index.ts';
import { differencesOf } from './losses.ts';
import { passOf, startNumbers, type Numbers } from './network.ts';

const compute = await bookCompute(backwardsLesson);

const numbersOf: readonly (readonly [string, Numbers, number])[] = [
  ['the first numbers', startNumbers, 0],
  ['the other class', startNumbers, 1],
  ['a map that is negative everywhere', { ...startNumbers, filterBias: [-5] }, 0],
  ['windows of equal numbers', { ...startNumbers, filter: [0, 0, 0, 0], filterBias: [2] }, 0],
  ['huge numbers', { ...startNumbers, weights: [1000, 0, 0, 0, -1000, 0, 0, 0] }, 1],
];

test.each(numbersOf)('%s: the chain rule written out is every gradient', (_, numbers, label) => {
  const pass = passOf(compute, numbers, label);
  for (const part of partNames) {
    const { columns, gradient } = pass.parts[part];
    const sums = gradient.map((_, at) => {
      const place = { part, row: Math.floor(at / columns), column: at % columns };
      const products = chainOf(pass, label, place).terms.map((factors) =>
        factors.reduce((product, factor) => product * factor, 1),
      );
      return products.reduce((sum, product) => sum + product, 0);
    });
    assertClose(gradient, sums, { rtol: 1e-5, atol: 1e-6 }, part);
  }
});

test('finite differences come near every gradient', () => {
  const pass = passOf(compute, startNumbers, 0);
  for (const part of partNames) {
    const { values, gradient } = pass.parts[part];
    const found = differencesOf(compute, startNumbers, 0, part, values, 1e-3);
    // At exactly 0, where ReLU and its slope part, no difference is a gradient.
    const smooth = gradient.map((_, at) => part !== 'activation' || values[at] !== 0);
    const kept = (all: readonly number[]) => all.filter((_, at) => smooth[at]);
    assertClose(kept(found), kept(gradient), { rtol: 2e-3, atol: 2e-4 }, part);
  }
});

test('a map that is negative everywhere teaches the filter nothing', () => {
  const { parts: sides } = passOf(compute, { ...startNumbers, filterBias: [-5] }, 0);
  expect(Math.max(...sides.map.values)).toBeLessThan(0);
  expect([...sides.filter.gradient, ...sides.filterBias.gradient]).toEqual([0, 0, 0, 0, 0]);
});

test('the first view has the loss, the rule with its numbers, and the difference', () => {
  const text = viewText(chain, chain.start, compute);
  expect(text).toContain('Loss L = −ln 0.378 = 0.974');
  expect(text).toContain('= 0.56 × 2 + (−0.498) × 1 + 0.0622 × 2 = 0.747');
  expect(text).toContain('with h = 0.01 gives 0.747');
});

test('the slider moves the numbers that may be changed, and no others', () => {
  const slider = chain.controls[1];
  if (slider.kind !== 'range') throw new Error('expected a slider');
  const moved = slider.set(chain.start, -2.5);
  expect(moved.numbers.filter).toEqual([-2.5, 0, -1, 1]);
  const onMap: ChainState = { ...chain.start, chosen: { part: 'map', row: 1, column: 1 } };
  expect(slider.set(onMap, 4)).toBe(onMap);
  expect(slider.get(onMap)).toBeNaN();
});

test('numbers without measure leave a loss that is finite', () => {
  const typed = chain.controls.find(({ kind }) => kind === 'numbers');
  if (typed?.kind !== 'numbers') throw new Error('expected numbers to type');
  const wild = typed.set(
    chain.start,
    Array.from({ length: 16 }, (_, k) => (k % 2 ? 1e38 : -1e38)),
  );
  for (const exponent of [-6, 0]) {
    expect(viewText(chain, { ...wild, exponent }, compute)).not.toMatch(/NaN|Infinity/);
  }
});

test('a press chooses a number, also among the gradients', () => {
  const place = { row: 1, column: 0, by: 'press' } as const;
  const chosen = chain.choose?.(chain.start, { ...place, part: 'd-pooled' });
  expect(chosen?.chosen).toEqual({ part: 'pooled', row: 1, column: 0 });
  expect(chain.choose?.(chain.start, { ...place, part: 'nothing' })).toBe(chain.start);
});
