import { expect, test } from 'vitest';
import type { Place } from '../../figure/figure.ts';
import { bookCompute, viewText } from '../../testing/index.ts';
import { strideAndPaddingLesson } from './index.ts';
import { inputNumbers, windowCounts } from './numbers.ts';
import { examples, sizes } from './sizes-figure.ts';
import { exactError, paddings, sizeOf, strides, type Axis } from './sizes.ts';
import { window } from './window-figure.ts';
import type { WindowState } from './window-view.ts';

const compute = await bookCompute();
const windowText = (state: Partial<WindowState>) =>
  viewText(window, { ...window.start, ...state }, compute);
const sizesText = (state: Axis) => viewText(sizes, state, compute);

test.each([
  [4, 1, 3, 1, '(4 + 2·1 − 3) / 1 + 1 = 4', '4×4'],
  [4, 1, 3, 2, '(4 + 2·1 − 3) / 2 + 1 = 2.5 is not whole', 'Rounded down it is 2'],
  [4, 1, 3, 3, '(4 + 2·1 − 3) / 3 + 1 = 2', '2×2'],
  [28, 1, 3, 2, '(28 + 2·1 − 3) / 2 + 1 = 14.5 is not whole', 'Rounded down it is 14'],
  [39, 0, 4, 1, '(39 + 2·0 − 4) / 1 + 1 = 36', '36×36'],
  [28, 2, 5, 3, '(28 + 2·2 − 5) / 3 + 1 = 10', '10×10'],
  [31, 2, 5, 3, '(31 + 2·2 − 5) / 3 + 1 = 11', '11×11'],
  [32, 2, 5, 1, '(32 + 2·2 − 5) / 1 + 1 = 32', 'as large as the input'],
])('H=%i, P=%i, F=%i, S=%i of the texts', (size, padding, filter, stride, formula, result) => {
  const axis = { size, padding, filter, stride };
  expect(examples).toContainEqual(axis);
  const text = sizesText(axis);
  expect(text).toContain(formula);
  expect(text).toContain(result);
});

test('the example of the book: 4×4 padded to 6×6, and its output by our kernels', () => {
  expect(inputNumbers(4)).toEqual([
    [1, 2, 3, 0],
    [0, 1, 2, 3],
    [3, 0, 1, 2],
    [2, 3, 0, 1],
  ]);
  const text = windowText({});
  expect(text).toContain('Input 4×4, padded: 6×6');
  expect(text).toContain('7 12 10 2 4 15 16 10 10 6 15 6 8 10 4 3');
  expect(text).toContain('The window gives 1·1 + 2·2 + 1·2 = 7');
  expect(windowText({ padding: 0 })).toContain('Output, 2×2 15 16 6 15');
});

test('where 2.5 comes out, floor strikes out the last row and exact gives our layer’s own words', () => {
  const view = window.view({ ...window.start, stride: 2 }, compute).toString();
  const dropped = [...view.matchAll(/class="([^"]*)"[^>]*data-place="input (\d) (\d)"/g)]
    .filter(([, classes]) => classes.includes('dropped'))
    .map(([, , row, column]) => `${row}${column}`);
  expect(dropped).toEqual(['05', '15', '25', '35', '45', '50', '51', '52', '53', '54', '55']);
  const refused = windowText({ stride: 2, rounding: 'exact' });
  expect(refused).toContain(
    "conv1, rows: (4 + 2·1 − 3) / 2 + 1 is expected to be whole, got 2.5; stride 1 or 3 divides, or take rounding 'floor'",
  );
  expect(refused).not.toContain('Output');
  expect(refused).not.toContain('Rounded down');
});

test('each refusal of the figure names a stride or a padding that fits', () => {
  for (const size of [1, 2, 3, 4, 5, 6, 7])
    for (const filter of [1, 2, 3, 4, 5])
      for (const padding of [0, 1, 2, 3])
        for (const stride of [1, 2, 3, 4]) {
          const error = exactError({ size, filter, stride, padding });
          if (error?.includes('whole')) expect(error).toMatch(/; (padding|stride) \d.* divides/);
        }
  const text = windowText({ size: 7, filter: 2, stride: 4, rounding: 'exact' });
  expect(text).toContain('got 2.75; stride 1 or 7 divides');
});

test('a filter that is larger than its input has no place, and the layer says so', () => {
  const text = windowText({ size: 1, filter: 4, padding: 0 });
  expect(text).toContain('The layer refuses: conv1: the window 4×4 does not fit its input');
  expect(sizesText({ size: 1, filter: 11, stride: 1, padding: 0 })).toContain('S=1 – – – – – 1');
});

test('padding gives the corner more windows than the stride takes', () => {
  expect(windowCounts({ size: 4, filter: 3, stride: 1, padding: 0 })).toEqual([
    [1, 2, 2, 1],
    [2, 4, 4, 2],
    [2, 4, 4, 2],
    [1, 2, 2, 1],
  ]);
  expect(windowText({ shows: 'windows', stride: 2 })).toContain('1 1 2 1 1 0');
});

test('every place of every slider has an answer without a missing number', () => {
  for (let size = 1; size <= 7; size++)
    for (let filter = 1; filter <= 5; filter++)
      for (let padding = 0; padding <= 3; padding += 3)
        for (let stride = 1; stride <= 4; stride += 3) {
          const last = { row: 99, column: 99 };
          const set = window.controls.find(({ label }) => label.en === 'Input');
          if (set?.kind !== 'range') throw new Error('no slider');
          const state = set.set({ ...window.start, filter, padding, stride, at: last }, size);
          expect(viewText(window, state, compute)).not.toMatch(/NaN|Infinity|undefined/);
        }
});

test('arrows move by one window, whatever the stride; a press chooses the window that begins there', () => {
  const start = { ...window.start, size: 7, padding: 0, stride: 2 };
  const place = { part: 'input', row: 0, column: 1 } satisfies Omit<Place, 'by'>;
  expect(window.choose?.(start, { ...place, by: 'arrow' }).at).toEqual({ row: 0, column: 1 });
  const far = { part: 'input', row: 6, column: 5, by: 'press' } as const;
  expect(window.choose?.(start, far).at).toEqual({ row: 2, column: 2 });
});

test('keeping the size works for odd filters, and misses by one for even ones', () => {
  const keep = sizes.controls.find(({ kind }) => kind === 'button');
  if (keep?.kind !== 'button') throw new Error('no button');
  for (const filter of [1, 3, 5, 7, 9, 11]) {
    const size = sizeOf(keep.act({ size: 28, filter, stride: 2, padding: 0 }));
    expect(size).toEqual({ outputs: 28, dropped: 0, value: 28 });
  }
  const even = keep.act({ size: 28, filter: 4, stride: 2, padding: 0 });
  expect(sizesText(even)).toContain('With an even F no padding keeps the size');
  expect(sizesText({ ...even, padding: 2 })).toContain('With an even F no padding keeps the size');
  expect(sizesText({ ...even, padding: 0 })).not.toContain('even F');
  expect(sizesText(keep.act({ ...even, filter: 5 }))).not.toContain('even F');
  expect(sizeOf(keep.act({ size: 28, filter: 4, stride: 1, padding: 0 }))).toMatchObject({
    outputs: 27,
  });
});

test('the table chooses stride and padding', () => {
  const place = { part: 'fits', row: 2, column: 4, by: 'press' } as const;
  const chosen = sizes.choose?.(sizes.start, place);
  expect(chosen).toEqual({ size: 4, filter: 3, stride: strides[2], padding: paddings[4] });
});

test('the answers, and the chain of the slides’ model', () => {
  expect(strideAndPaddingLesson.checks.map(({ answer }) => answer)).toEqual([11, 3, 6]);
  expect(JSON.stringify(strideAndPaddingLesson.notice)).toContain('28 → 14 → 7 → 4 → 2 → 1');
});
