import { crossCorrelation } from '@convbook/core';
import { conv2d } from '@convbook/layers';
import { expect, test } from 'vitest';
import { bookCompute, viewText } from '../../testing/index.ts';
import { image, namedKernels } from './kernels.ts';
import { convolutionLesson } from './index.ts';
import { convolved, signalFigure } from './signal-figure.ts';
import { windowFigure, type WindowState } from './window-figure.ts';

const compute = await bookCompute(convolutionLesson);
const signalText = (state: Partial<typeof signalFigure.start>) =>
  viewText(signalFigure, { ...signalFigure.start, ...state }, compute);
const windowText = (state: Partial<WindowState>) =>
  viewText(windowFigure, { ...windowFigure.start, ...state }, compute);
const rowsOf = (wanted: string) =>
  namedKernels.find(({ value }) => value === wanted)?.rows.flat() ?? [];
const bright = image.flat().map((_, k) => Number(k === 12));

test.each([
  [0, 't[0] = x[0] × h[0] = 4 × 1 = 4'],
  [2, 't[2] = x[0] × h[2] + x[1] × h[1] + x[2] × h[0] = 4 × 0.25 + 0 × 0.5 + 8 × 1 = 9'],
  [6, 't[6] = x[4] × h[2] = 0 × 0.25 = 0'],
])('the signal at n = %i', (n, sum) => {
  expect(signalText({ n })).toContain(sum);
});

test('signal and filter may change places; a single 1 gives the filter', () => {
  const [x, h] = [
    [3, -1, 2, 0, 5],
    [1, 2, -4],
  ];
  expect(convolved(x, h)).toEqual(convolved([...h, 0, 0], x.slice(0, 5)).slice(0, 7));
  expect(convolved([0, 1, 0, 0, 0], h)).toEqual([0, 1, 2, -4, 0, 0, 0]);
});

test('the window of the texts', () => {
  expect(windowText({})).toContain('1 × 1 + 1 × 0 + 1 × 1 + 0 × 0 + 1 × 1 + 1 × 0');
  expect(windowText({ row: 1, column: 1 })).toContain('Row 2, column 2 of the output');
  expect(crossCorrelation(image, namedKernels[0].rows)).toEqual([
    [4, 3, 4],
    [2, 4, 3],
    [2, 3, 4],
  ]);
});

test.each([
  ['cross', 'looks the same when turned by 180°. Both outputs are equal.'],
  ['diagonal-edges', 'Both outputs are equal.'],
  ['sobel-x', 'its own negative. Every sign of the output changes.'],
  ['counted', 'this is another filter. The outputs differ at 7 of 9 places.'],
])('the filter %s, turned', (name, words) => {
  expect(windowText({ filter: rowsOf(name) })).toContain(words);
});

test('one bright pixel: the convolution gives the filter, the cross-correlation turns it', () => {
  const text = windowText({ x: bright, filter: rowsOf('counted') });
  expect(text).toMatch(/Output, as it is ?9 8 7 6 5 4 3 2 1 Output, turned ?1 2 3 4 5 6 7 8 9/);
});

test('a layer of the product computes the output of the filter as it is', () => {
  for (const { rows } of namedKernels) {
    const layer = conv2d({ filters: 1, kernelSize: 3, bias: false });
    const weights = { 'conv1.weight': rows.flat() };
    const { values } = compute.run([1, 5, 5], [layer], image.flat(), weights);
    expect(values.map((value) => value + 0)).toEqual(
      crossCorrelation(image, rows)
        .flat()
        .map((value) => value + 0),
    );
  }
});

test('numbers that do not fit become the largest; what is no filter leaves the state', () => {
  const { x, filter } = windowFigure.start;
  const numbers = windowFigure.controls.filter((control) => control.kind === 'numbers');
  const typed = numbers[0].set(windowFigure.start, [1e300, -1e300, 0.1, ...filter.slice(3)]);
  expect(typed.filter.slice(0, 3)).toEqual([99, -99, 0.1]);
  const text = windowText({ x: x.map(() => 99), filter: x.slice(0, 9).map(() => -99) });
  expect(text).toContain('99 × (−99) + 99 × (−99)');
  expect(text).toContain('= −88209');
  const [choice] = windowFigure.controls.filter((control) => control.kind === 'choice');
  expect(choice.set(windowFigure.start, 'own')).toBe(windowFigure.start);
  expect(choice.get(typed)).toBe('own');
});

test('the window stays inside, held by its middle or moved by keys', () => {
  const at = (row: number, column: number, by: 'press' | 'arrow') => {
    const state = windowFigure.choose?.(windowFigure.start, { part: 'input', row, column, by });
    return [state?.row, state?.column];
  };
  expect(at(0, 0, 'press')).toEqual([0, 0]);
  expect(at(4, 4, 'press')).toEqual([2, 2]);
  expect(at(2, 3, 'press')).toEqual([1, 2]);
  expect(at(0, 1, 'arrow')).toEqual([0, 1]);
  expect(at(3, 3, 'arrow')).toEqual([2, 2]);
});

test('the answers of the checks', () => {
  expect(convolutionLesson.checks.map(({ answer }) => answer)).toEqual([2.5, 11, 14400]);
});
