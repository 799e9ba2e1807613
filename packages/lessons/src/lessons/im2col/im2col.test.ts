import { readFileSync } from 'node:fs';
import { conv2dBackward } from '@convbook/core/reference';
import { dense } from '@convbook/layers';
import { expect, test } from 'vitest';
import { bookCompute, viewText } from '../../testing/index.ts';
import { backFigure, countsOf } from './back-figure.ts';
import { batchFigure } from './batch-figure.ts';
import { matrixOf, rowsOf, columnsOf } from './batch.ts';
import { im2colLesson } from './index.ts';
import { matrixFigure } from './matrix-figure.ts';
import { productOf, type MatrixState } from './matrix-product.ts';

interface Example {
  readonly input: readonly number[];
  readonly filter: readonly number[];
  readonly columns: readonly number[];
}

const file = new URL('../../../../../test/worked-examples.json', import.meta.url);
const { im2col: examples } = JSON.parse(readFileSync(file, 'utf8')) as { im2col: Example[] };
const compute = await bookCompute(im2colLesson);

test.each(examples)('$input with $filter is $columns', ({ input, filter, columns }) => {
  const [images, channels] = input;
  const text = viewText(
    batchFigure,
    { ...batchFigure.start, images, channels, kernel: filter[0] },
    compute,
  );
  expect(text).toContain(`(${input.join(', ')}) → (${columns.join(', ')})`);
  expect(text).toContain(`(${columns.join(', ')}) · (75, 30) = (${columns[0]}, 30)`);
});

test('the first row and filter of the small example, and its sizes', () => {
  const text = viewText(matrixFigure, matrixFigure.start, compute);
  expect(text).toContain(
    'Row 1 × filter 1: 1 × 2 + 2 × 0 + 3 × 1 + 0 × 0 + 1 × 1 + 2 × 2 + 3 × 1 + 0 × 0 + 1 × 2 = 15',
  );
  expect(text).toContain('along a side: (4 + 2 × 0 − 3) / 1 + 1 = 2. Rows: 2 × 2 = 4.');
  expect(text).toContain('(4, 9) · (9, 2) = (4, 2)');
  expect(text).toContain('Map 1 15 16 6 15');
});

const states = [1, 2].flatMap((channels) =>
  [2, 3].flatMap((kernel) =>
    [1, 2].flatMap((stride) => [0, 1].map((padding) => ({ channels, kernel, stride, padding }))),
  ),
);

test.each(states)(
  '$channels channels, $kernel, $stride, $padding: every row times the filters is the convolution',
  (settings) => {
    const { matrix, weights, maps } = productOf({ ...matrixFigure.start, ...settings }, compute);
    const layer = dense({ units: 2 });
    const byUnit = [0, 1].flatMap((filter) => weights.map((row) => row[filter]));
    matrix.forEach((row, at) => {
      const { values } = compute.run([row.length], [layer], row, { 'dense1.weight': byUnit });
      expect(values).toEqual(maps.map((map) => map[at]));
    });
  },
);

test('the floor is written where the window does not fit evenly', () => {
  const state = { ...matrixFigure.start, kernel: 3, stride: 2 };
  expect(viewText(matrixFigure, state, compute)).toContain(
    'along a side: ⌊(4 + 2 × 0 − 3) / 2⌋ + 1 = 1.',
  );
});

test('a setting that leaves fewer rows and columns keeps the choice inside', () => {
  const [channels, kernel] = matrixFigure.controls.filter((control) => control.kind === 'range');
  const far: MatrixState = { ...matrixFigure.start, channels: 2, kernel: 2, at: 8, element: 7 };
  expect(kernel.set(far, 3)).toMatchObject({ at: 3, element: 7 });
  expect(channels.set(far, 1)).toMatchObject({ at: 8, element: 3 });
});

test('press, drag and keys lead to the same window', () => {
  const state: MatrixState = { ...matrixFigure.start, kernel: 2, stride: 2 };
  const after = (row: number, column: number, by: 'press' | 'arrow', part = 'image-0') =>
    matrixFigure.choose?.(state, { part, row, column, by });
  expect(after(0, 1, 'arrow')).toMatchObject({ at: 1 });
  expect(after(3, 3, 'press')).toMatchObject({ at: 3 });
  expect(after(0, 0, 'press')).toMatchObject({ at: 0 });
  expect(after(2, 3, 'press', 'matrix')).toMatchObject({ at: 2, element: 3 });
  expect(after(1, 1, 'press', 'weights')).toMatchObject({ element: 1, filter: 1 });
  expect(after(1, 0, 'press', 'map-1')).toMatchObject({ at: 2, filter: 1 });
});

test('every place of every slider of the batch has a window and a matrix', () => {
  for (const images of [1, 10])
    for (const kernel of [2, 5, 7])
      for (const stride of [1, 4])
        for (const padding of [0, 2]) {
          const state = { ...batchFigure.start, images, kernel, stride, padding, at: 0 };
          expect(matrixOf(state).shape).toEqual([rowsOf(state), columnsOf(state)]);
          const last = { ...state, at: rowsOf(state) - 1 };
          expect(viewText(batchFigure, last, compute)).toContain(`image ${images} for row`);
        }
});

test('col2im counts 9 in the middle and 1 in a corner, and is the gradient of ones', () => {
  const { start } = backFigure;
  expect(viewText(backFigure, start, compute)).toContain('lies in 9 windows');
  expect(viewText(backFigure, { ...start, row: 0, column: 0 }, compute)).toContain('in 1 window.');
  for (const settings of [start, { ...start, kernel: 3, stride: 2, padding: 1 }]) {
    const { kernel, stride, padding } = settings;
    const windows = (7 + 2 * padding - kernel) / stride + 1;
    const ones = (...shape: number[]) => ({
      shape,
      data: new Float64Array(shape.reduce((product, length) => product * length)).fill(1),
    });
    const { dX } = conv2dBackward(
      ones(1, 1, 7, 7),
      ones(1, 1, kernel, kernel),
      ones(1, 1, windows, windows),
      { stride: [stride, stride], padding: [padding, padding] },
    );
    expect(countsOf(settings).flat()).toEqual([...dX]);
  }
});

test('a stride above the window leaves pixels out', () => {
  const state = { ...backFigure.start, kernel: 2, stride: 3, row: 2, column: 2 };
  expect(viewText(backFigure, state, compute)).toContain(
    'No window has the pixel in row 3, column 3.',
  );
  expect(countsOf({ ...state, kernel: 1, stride: 1 }).flat()).toEqual(new Array(49).fill(1));
});

test('the answers of the checks', () => {
  expect(im2colLesson.checks.map(({ answer }) => answer)).toEqual([90, 750, 4]);
});
