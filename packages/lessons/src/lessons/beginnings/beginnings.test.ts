import { normal } from '@convbook/core';
import { assertClose } from '@convbook/core/testing';
import { loadKernelModule } from '@convbook/core/node';
import {
  dense,
  gaussian,
  he,
  initializeParameters,
  relu,
  resolveModel,
  sigmoid,
  tanh,
  xavier,
  zeros,
} from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { expect, test } from 'vitest';
import { bookCompute, viewText } from '../../testing/index.ts';
import { beginningsLesson } from './index.ts';
import { layersOf, type LayersState } from './layers-figure.ts';
import {
  deadUnits,
  depth,
  deviationOf,
  deviationOverSamples,
  normalInput,
  spreads,
  type Setting,
} from './spread.ts';
import { sumOf } from './sum-figure.ts';

const compute = await bookCompute(beginningsLesson);
const module = await loadKernelModule('plain');
const plain: Setting = { initializer: he(), activation: relu(), isNormalized: false, seed: 1 };
const measure = (change: Partial<Setting>) =>
  spreads(module, normalInput(100, 1), { ...plain, ...change });
const show = (change: Partial<LayersState> = {}) =>
  viewText(layersOf, { ...layersOf.start, ...change }, compute);
/** Whether a is within a share of b. */
const isNear = (a: number, b: number, share: number) => Math.abs(a / b - 1) < share;

test('a sum of n products has √n times their deviation', () => {
  for (const inputs of [25, 100, 288, 4320]) {
    const text = viewText(sumOf, { inputs, deviation: 1 }, compute);
    const [, expected, measured] = /= ([\d.]+)\. Measured: ([\d.]+)\./.exec(text) ?? [];
    expect(Number(expected)).toBeCloseTo(Math.sqrt(inputs), 0);
    expect(isNear(Number(measured), Math.sqrt(inputs), 0.05)).toBe(true);
  }
  expect(viewText(sumOf, sumOf.start, compute)).toContain('√100 × 1 = 10');
  expect(viewText(sumOf, sumOf.start, compute)).toContain(
    'Xavier, with as many outputs as inputs: √(1/100) = 0.1; He: √(2/100) = 0.141.',
  );
});

test('with He, values and gradients keep their size through ReLU; with Xavier they halve in square', () => {
  const sizes = (setting: Partial<Setting>) => {
    const all = measure(setting);
    const square = (values: Float32Array) =>
      values.reduce((sum, v) => sum + v * v, 0) / values.length;
    return [
      square(all[0].output.values),
      square(all[depth - 1].output.values),
      square(all[0].gradient),
    ];
  };
  const [first, last, gradient] = sizes({});
  expect([first, last, gradient].every((size) => size > 0.6 && size < 1.6)).toBe(true);
  const [xavierFirst, xavierLast, xavierGradient] = sizes({ initializer: xavier() });
  const halvings = 2 ** (depth - 1);
  expect(isNear(xavierFirst / first, 1 / 2, 0.01)).toBe(true);
  expect(isNear(xavierLast / last, 1 / 2 / halvings, 0.01)).toBe(true);
  expect(isNear(xavierGradient / gradient, 1 / halvings, 0.01)).toBe(true);
});

test('layer by layer, values and gradients are those of the network in one piece', () => {
  const layers = Array.from({ length: depth }, () => [dense({ units: 100 }), tanh()]);
  const whole = resolveModel({ input: [100], layers: layers.flat() });
  const values = [...initializeParameters(whole, 1).values()];
  const all = measure({ activation: tanh() });
  const top = normal(1, 'gradient', new Float32Array(100 * 100));
  const above = resolveModel({ input: [100], layers: layers.slice(1).flat() });
  const parameters = new Map(above.parameters.map(({ name }, k) => [name, values[k + 2]]));
  const x = all[0].output.values;
  const { y, dX } = runModel({ module, model: above, parameters, x, batchSize: 100, dY: top });
  const tolerance = { rtol: 1e-5, atol: 1e-6 };
  assertClose(all[depth - 1].output.values, y, tolerance, 'values of the last layer');
  assertClose(all[0].gradient, dX, tolerance, 'gradient at the first layer');
});

test.each([
  ['most values are saturated', { initializer: gaussian(1), activation: sigmoid() }, 0.4, 0.5],
  ['all values are alike', { initializer: gaussian(0.01), activation: sigmoid() }, 0, 0.03],
  ['values are spread', { initializer: xavier(), activation: tanh() }, 0.25, 0.5],
])('deviation of the last layer where %s', (_, setting, least, most) => {
  const last = deviationOf(measure(setting)[depth - 1].output.values);
  expect(last).toBeGreaterThan(least);
  expect(last).toBeLessThan(most);
});

test.each([sigmoid(), relu()])(
  'from 0.01 up batch normalization makes $kind begin alike',
  (activation) => {
    const [small, large] = [0.01, 1].map((deviation) =>
      measure({ initializer: gaussian(deviation), activation, isNormalized: true }).map(
        ({ output }) => deviationOf(output.values),
      ),
    );
    small.forEach((deviation, k) => expect(isNear(deviation, large[k], 0.02)).toBe(true));
  },
);

test('over the samples a unit has a deviation of its own, without its mean', () => {
  const values = Float32Array.of(1, 5, 3, 5, 1, 5, 3, 5);
  expect(deviationOverSamples({ shape: [2], values })).toBeCloseTo(Math.SQRT1_2, 6);
  expect(deviationOverSamples({ shape: [2, 2, 2], values })).toBe(0);
});

test('a sigmoid with Xavier says the same to every input, and looks spread', () => {
  const all = measure({ initializer: xavier(), activation: sigmoid() });
  const signals = all.map(({ output }) => deviationOverSamples(output));
  const found = [deviationOf(all[depth - 1].output.values), signals[0], signals[depth - 1]];
  expect(found.map((value) => value.toPrecision(3))).toEqual(['0.124', '0.206', '0.000641']);
  const left = signals.slice(1).map((signal, k) => signal / signals[k]);
  expect(left.every((share) => share > 0.2 && share < 0.25)).toBe(true);
});

test('Xavier by the library counts outputs, too', () => {
  const model = resolveModel({
    input: [25],
    layers: [dense({ units: 100, initializer: xavier() })],
  });
  const [weights] = initializeParameters(model, 1).values();
  expect(isNear(deviationOf(weights), Math.sqrt(2 / 125), 0.05)).toBe(true);
});

test('begun with zeros, every unit is dead and no gradient comes down', () => {
  const all = measure({ initializer: zeros });
  expect(all.map(({ output }) => deadUnits(output))).toEqual([100, 100, 100, 100, 100]);
  expect(deviationOf(all[0].gradient)).toBe(0);
  expect(deadUnits({ shape: [2, 1, 2], values: Float32Array.of(0, 0, 0, 1, 0, 0, 2, 0) })).toBe(1);
});

test.each<[string, Partial<LayersState>, string]>([
  ['the first state', {}, '61% of the last layer’s values are saturated'],
  ['0.01', { start: 'small' }, 'the signal has faded'],
  ['zeros', { start: 'zeros', activation: 'relu' }, '100 of 100 dead'],
  ['ReLU of deviation 1', { start: 'one', activation: 'relu' }, 'The values explode'],
  [
    'ReLU and Xavier',
    { start: 'xavier', activation: 'relu' },
    'The values shrink from layer to layer',
  ],
  ['ReLU and He', { start: 'he', activation: 'relu' }, 'a good beginning'],
  [
    'sigmoid and Xavier',
    { start: 'xavier' },
    'to every input (deviation 0.000641): the signal has faded. The histogram is spread (0.124) only because each unit',
  ],
  ['sigmoid and He', { start: 'he' }, '(deviation 0.00263): the signal has faded'],
  [
    'tanh and Xavier',
    { start: 'xavier', activation: 'tanh' },
    'a deviation of 0.621 in the first layer and 0.315 in the last, a good beginning',
  ],
  [
    'convolutions with ReLU and He',
    { network: 'convolution', activation: 'relu', start: 'he' },
    'The values shrink from layer to layer: over the inputs a unit’s deviation falls from 0.131 to 0.0507',
  ],
  [
    'convolutions with ReLU and larger weights',
    { network: 'convolution', activation: 'relu', start: 'own', deviation: 0.316 },
    'The values grow from layer to layer',
  ],
  [
    'normalization of weights below its ε',
    { start: 'own', deviation: 0.001, isNormalized: true },
    'The values shrink from layer to layer: over the inputs a unit’s deviation falls from 0.201 to 0.0497',
  ],
  [
    'convolutions',
    { network: 'convolution', activation: 'tanh', start: 'xavier' },
    'a good beginning',
  ],
])('what the figure says of %s', (_, change, text) => {
  expect(show(change)).toContain(text);
});

test.each([-12, 4])('the slider at its end %d leaves only numbers', (place) => {
  const slider = layersOf.controls.find((control) => control.kind === 'range');
  const state = slider?.set(layersOf.start, place) ?? layersOf.start;
  for (const isNormalized of [false, true]) {
    for (const activation of ['sigmoid', 'relu'] as const) {
      expect(show({ ...state, activation, isNormalized })).not.toMatch(/NaN|Infinity|undefined/);
    }
  }
});

test('the checks are answered by the layers', () => {
  const [sum, deviation, slope] = beginningsLesson.checks.map(({ answer }) => answer);
  expect([sum, slope]).toEqual([1, 0.25]);
  expect(deviation).toBeCloseTo(1 / 12, 12);
});
