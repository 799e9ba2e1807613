import { exp } from '@convbook/core';
import { relu, resolveModel, sigmoid } from '@convbook/layers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Compute } from '../../figure/compute.ts';
import { bookCompute, viewText } from '../../testing/index.ts';
import { curvesFigure } from './curves-figure.ts';
import { dropped, dropoutFigure } from './dropout-figure.ts';
import { gradientsThrough } from './gradient-figure.ts';
import { lenetAndAlexnetLesson } from './index.ts';
import { allSwitches, keyOf, switchedNet } from './network.ts';
import { normFigure } from './norm-figure.ts';
import { finalOf, readRuns } from './runs.ts';

let compute: Compute;
beforeAll(async () => {
  compute = await bookCompute(lenetAndAlexnetLesson);
});

test('every switch leaves the parameters and maps of LeNet', () => {
  for (const switches of allSwitches) {
    const model = resolveModel(switchedNet(switches));
    const sizes = model.parameters.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
    expect(sizes.reduce((a, b) => a + b)).toBe(61_706);
    expect(model.output).toEqual([10]);
  }
});

test('the runs have every network with every seed', () => {
  const { runs, seeds, epochs } = readRuns(compute.data('lenet-and-alexnet'));
  const expected = seeds.flatMap((seed) => allSwitches.map((own) => `${keyOf(own)} ${seed}`));
  expect(runs.map(({ key, seed }) => `${key} ${seed}`)).toEqual(expected);
  for (const { losses, accuracies } of runs) {
    expect([losses.length, accuracies.length]).toEqual([epochs, epochs]);
  }
});

test('the figure of the switches says what ReLU buys', () => {
  const text = curvesFigure.use((figure) => viewText(figure, figure.start, compute));
  expect(text).toMatch(/After 20 epochs this network has 91\.\d% .* right, LeNet \d\d\.\d%\./);
  expect(text).toContain('maps 6×28×28, 6×14×14, 16×10×10, 16×5×5; 61,706 parameters');
});

describe('the gradient left over', () => {
  test.each([1, 2, 3, 4, 5])('after %i layers is the product of the slopes', (layers) => {
    const found = gradientsThrough(compute, sigmoid, layers);
    for (const [place, x] of [
      [0, -6],
      [60, 0],
      [120, 6],
    ] as const) {
      let [value, slope] = [x as number, 1];
      for (let k = 0; k < layers; k++) {
        value = 1 / (1 + exp(-value));
        slope *= value * (1 - value);
      }
      expect(found[place] / slope).toBeCloseTo(1, 4);
    }
    const straight = gradientsThrough(compute, relu, layers);
    expect([straight[0], straight[59], straight[61], straight[120]]).toEqual([0, 0, 1, 1]);
  });
});

test('normalization divides by 2^0.75 with the α of AlexNet', () => {
  const text = normFigure.use((figure) => viewText(figure, figure.start, compute));
  expect(text).toContain('Map 3: 2 / (2 + 0.0001/5 · (0² + 1² + 2² + 8² + 2²))^0.75 = 1.189.');
});

test.each([
  [3, 'Map 4: 8 / (2 + 10/5 · (1² + 2² + 8² + 2² + 1²))^0.75 = 0.1866.'],
  [2, '= 0.04713.'],
  [7, 'Map 8: 4 / (2 + 10/5 · (1² + 0² + 4²))^0.75 = 0.2722.'],
])('with α = 10 a strong map pushes itself down, too: map after %i', (channel, sum) => {
  const text = normFigure.use((figure) =>
    viewText(figure, { ...figure.start, alpha: 5, channel }, compute),
  );
  expect(text).toContain(sum);
});

test('normalization takes typed numbers of any size and sign', () => {
  const text = normFigure.use((figure) => {
    const typed = figure.controls.find(({ kind }) => kind === 'numbers');
    if (typed?.kind !== 'numbers') throw new Error('expected numbers');
    const x = [-1, 1e300, -1e300, 0, 0, 0, 0, 0];
    return viewText(figure, typed.set(figure.start, x), compute);
  });
  expect(text).toContain('Map 3: −99 / (2 + 0.0001/5 · ((−1)² + 99² + (−99)² + 0² + 0²))^0.75');
  expect(text).not.toContain('NaN');
});

test('the runs bear out what the lesson says of the switches', () => {
  const runs = readRuns(compute.data('lenet-and-alexnet'));
  /** Points that a switch adds to a network. */
  const gain = (from: string, place: number) =>
    100 * (finalOf(runs, `${from.slice(0, place)}1${from.slice(place + 1)}`) - finalOf(runs, from));
  for (const from of ['1000', '1001', '1010', '1011']) expect(gain(from, 1)).toBeGreaterThan(1);
  for (const from of ['1000', '1010']) expect(gain(from, 3)).toBeGreaterThan(1);
  for (const from of ['1100', '1110']) expect(gain(from, 3)).toBeLessThan(0.1);
  const sigmoids = allSwitches.filter((own) => !own.relu).map(keyOf);
  for (const place of [1, 2, 3]) {
    for (const from of sigmoids.filter((key) => key[place] === '0')) {
      expect(gain(from, place), `${from} ${place}`).toBeLessThan(-4);
    }
  }
});

describe('dropout', () => {
  const state = { rate: 5, seed: 1, epoch: 1, isTraining: true };
  test('drops the same for the same seed and epoch, and other values for others', () => {
    const first = dropped(state, compute);
    expect(dropped(state, compute)).toEqual(first);
    expect(dropped({ ...state, epoch: 2 }, compute)).not.toEqual(first);
    expect(dropped({ ...state, seed: 2 }, compute)).not.toEqual(first);
  });

  test('changes nothing at rate 0 or when evaluating', () => {
    const plain = dropped({ ...state, isTraining: false }, compute);
    expect(plain.slice(0, 4)).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(dropped({ ...state, rate: 0 }, compute)).toEqual(plain);
  });

  test('says how many it drops', () => {
    const text = dropoutFigure.use((figure) => viewText(figure, figure.start, compute));
    expect(text).toContain('10 of 24 values are dropped');
    expect(text).toContain('= 2. The sum was 60 and is 70.');
  });
});
