import { expect, test } from 'vitest';
import { toText } from '../text/text.ts';
import { curveLines } from './curves.ts';
import { numberScale, type Domain } from './scale.ts';
import type { ChartModel, Layer } from './spec.ts';
import { stopsOf } from './stops.ts';

/** Loss of four steps, two an epoch, and the test loss after each epoch. */
const losses = [2, 1, 0.5, 0.25];
const x = { field: 'x', type: 'quantitative' };
const y = { field: 'y', type: 'quantitative', scale: { zero: false } };
const line = (name: string, points: readonly [number, number][]): Layer => ({
  name,
  data: { values: points.map(([px, py]) => ({ x: px, y: py })) },
  mark: { type: 'line', color: '#000' },
  encoding: { x, y },
});

const look = { color: '#000', width: 1 };
const curves: ChartModel = {
  id: 'loss',
  height: 100,
  layers: [
    line('curve_0_0', [[0.5, 2]]),
    line('curve_1_1_window_2_shown', [[1, 1.5]]),
    line('curve_2_2', [
      [1, 0.9],
      [2, 0.4],
    ]),
  ],
  meta: {
    place: { text: 'epoch #', format: 'count', stepsPerUnit: 2 },
    format: 'number',
    curves: [
      { name: 'each step', ...look, layers: [0], isEachStep: true },
      { name: 'train', ...look, layers: [1] },
      { name: 'test', ...look, layers: [2] },
    ],
    bars: [],
    domains: { x: [0, 2], y: [0, 2] },
    korean: { 'epoch #': '#에폭', train: '훈련' },
  },
  x,
  y,
  steps: losses.map((loss, k) => ({ x: (k + 1) / 2, y: loss, weight: 1 })),
  textOf: (en) => toText({ en, ko: curves.meta.korean[en] ?? en }),
};

const valuesAt = (stop: number, window: number, off: readonly number[] = []) => {
  const shown = curveLines(curves, window).filter(({ at }) => !off.includes(at));
  const { at, values } = stopsOf(curves, shown).read(stop);
  return [at.en, ...values.map(({ name, value }) => `${name.en} ${value}`)];
};

test('at each step every curve is told, the smoothed one by as many steps as are chosen', () => {
  expect(valuesAt(1, 2)).toEqual([
    'epoch 1, step 2',
    'each step 1',
    'train, mean of 2 steps 1.5',
    'test 0.9',
  ]);
  expect(valuesAt(3, 4)).toEqual([
    'epoch 2, step 4',
    'each step 0.25',
    'train, mean of 4 steps 0.938',
    'test 0.4',
  ]);
  expect(valuesAt(3, 1)).toContain('train 0.25');
  expect(valuesAt(0, 1, [0, 1])).toEqual(['epoch 1, step 2', 'test 0.9']);
});

test('a value of another place says where it is', () => {
  const { read } = stopsOf(curves, curveLines(curves, 2));
  expect(read(0).values.map(({ elsewhere }) => elsewhere?.en ?? null)).toEqual([
    null,
    null,
    'epoch 1, step 2',
  ]);
  expect(read(1).at.ko).toBe('1에폭, 2스텝');
  expect(read(1).values[1].name.ko).toBe('훈련(2스텝의 평균)');
});

const plotOf = (xDomain: Domain) => ({
  width: 100,
  height: 50,
  x: numberScale('linear', xDomain, [0, 100]),
  y: numberScale('linear', [0, 2], [50, 0]),
  xDomain,
  yDomain: [0, 2] as const,
  bandwidth: 0,
});

test('a pointer finds the nearest stop, and a part knows its first and last', () => {
  const stops = stopsOf(curves, curveLines(curves, 2));
  expect(stops.count).toBe(4);
  expect([0, 36, 38, 63, 100].map((at) => stops.nearest(plotOf([0, 2]), at, 0))).toEqual([
    0, 0, 1, 2, 3,
  ]);
  expect(stops.range([0.9, 1.6])).toEqual([1, 2]);
  expect(stops.range([0, 2])).toEqual([0, 3]);
});

test('bars tell their own words, and are found by their column', () => {
  const layer: Layer = {
    data: {
      values: [
        { x: 1, x2: 9, y: 0.25, to: 8 },
        { x: 9, x2: 17, y: 0.004, to: 16 },
      ],
    },
    mark: { type: 'bar', color: '#000' },
    encoding: { x, x2: { field: 'x2' }, y },
  };
  const words = { at: 'values {x}–{to}', said: '{y:percent} of all' };
  const model = {
    ...curves,
    layers: [layer],
    meta: { ...curves.meta, curves: [], bars: [{ layer: 0, ...words }] },
  };
  const stops = stopsOf(model, []);
  expect([0, 40, 60, 99].map((at) => stops.nearest(plotOf([1, 17]), at, 45))).toEqual([0, 0, 1, 1]);
  expect([0, 1].map((stop) => `${stops.read(stop).at.en}: ${stops.read(stop).said?.en}`)).toEqual([
    'values 1–8: 25.00% of all',
    'values 9–16: 0.40% of all',
  ]);
});
