import { expect, test } from 'vitest';
import { renderBook } from '../../book.ts';
import { toRows } from '../../figure/rows.ts';
import { bookCompute, viewText } from '../../testing/index.ts';
import { digitValues, readDigits } from '../../data/digits.ts';
import { gradientPlay } from './gradient-figure.ts';
import { poolingLesson } from './index.ts';
import { inputGradient } from './input-gradient.ts';
import { example, kindNames, kinds, pooled, side, type Kind } from './kinds.ts';
import { centred, reach, shareChanged, shiftDigit, sizes } from './shift.ts';
import { shiftPlay } from './shift-figure.ts';
import { windowPlay } from './window-figure.ts';
import { chooseWindow, isRead } from './windows.ts';

const compute = await bookCompute(poolingLesson);
const max = [3, 2, 3, 4, 4, 5, 2, 5, 3];
const average = [1.75, 1, 1.5, 2, 1.75, 2.5, 1.25, 3.5, 1.75];
const min = [1, 0, 0, 0, 0, 1, 0, 1, 1];

test('the outputs of text E, all three, in the printed book', async () => {
  const text = viewText(windowPlay, windowPlay.start, compute);
  expect(text).toContain(`Max ${max.join(' ')}`);
  expect(text).toContain(`Average ${average.join(' ')}`);
  expect(text).toContain(`Min ${min.join(' ')}`);
  expect(text).toContain(
    'Window 1: the largest of 1, 2, 3, 1 is 3; the mean is (1 + 2 + 3 + 1) / 4 = 1.75; the smallest of 1, 2, 3, 1 is 1.',
  );
  expect(text).toContain('⌊(6 − 2) / 2⌋ + 1 = 3. 36 numbers become 9. Parameters: 0.');
  const book = await renderBook([poolingLesson]);
  expect(book).toContain('has 432,100 parameters; without the pooling it would have 1,728,100');
});

test('a window that does not divide leaves rows unread, and says so', () => {
  const text = viewText(windowPlay, { ...windowPlay.start, size: 3, stride: 2 }, compute);
  expect(text).toContain('⌊(6 − 3) / 2⌋ + 1 = 2.');
  expect(text).toContain('No window reads rows and columns 6 (dashed).');
  const gaps = { size: 1, stride: 3, at: 0 };
  const read = example.map((_, place) => isRead(gaps, place));
  expect(read).toEqual([true, false, false, true, false, false]);
});

test('every end of the sliders has a view', () => {
  for (const size of [1, side]) {
    for (const stride of [1, side]) {
      for (const kind of kindNames) {
        const windows = { size, stride, at: 0 };
        const start = { ...gradientPlay.start, ...windows, kind };
        expect(viewText(gradientPlay, start, compute)).toContain('Output 1 has gradient 1');
        expect(viewText(windowPlay, { ...windowPlay.start, ...windows }, compute)).not.toMatch(
          /NaN|undefined/,
        );
      }
    }
  }
});

test('a slider that leaves fewer windows keeps the chosen one among them', () => {
  const [size, stride] = windowPlay.controls;
  const last = { ...windowPlay.start, at: 8 };
  for (const control of [size, stride]) {
    if (control.kind !== 'range') throw new Error('expected a slider');
    expect(control.set(last, side).at).toBe(0);
  }
});

test('arrows lead from window to window, whatever the stride', () => {
  const walked = (row: number, column: number, at: number) =>
    chooseWindow({ size: 2, stride: 2, at }, { part: 'input', row, column, by: 'arrow' }).at;
  expect([walked(0, 1, 0), walked(1, 2, 1), walked(1, 0, 3), walked(3, 4, 5)]).toEqual([
    1, 4, 0, 8,
  ]);
  const pressed = { part: 'input', row: 5, column: 5, by: 'press' } as const;
  expect(chooseWindow({ size: 3, stride: 1, at: 0 }, pressed).at).toBe(15);
});

test.each<[Kind, number, number, number[]]>([
  // Each winner has the gradient of its window.
  [
    'max',
    2,
    2,
    [
      [0, 0, 0, 0, 3, 0],
      [1, 0, 2, 0, 0, 0],
      [0, 4, 0, 0, 0, 6],
      [0, 0, 0, 5, 0, 0],
      [0, 7, 0, 0, 0, 0],
      [0, 0, 8, 0, 9, 0],
    ].flat(),
  ],
  // Windows 1 and 2 above, 3 and 4 below, 3 × 3 with stride 2; row and column 6 are in none.
  [
    'average',
    3,
    2,
    [
      [1, 1, 3, 2, 2, 0],
      [1, 1, 3, 2, 2, 0],
      [4, 4, 10, 6, 6, 0],
      [3, 3, 7, 4, 4, 0],
      [3, 3, 7, 4, 4, 0],
      [0, 0, 0, 0, 0, 0],
    ]
      .flat()
      .map((value) => value / 9),
  ],
])('gradients of %s pooling, window %i, stride %i', (kind, size, stride, expected) => {
  const layers = [kinds[kind].layer(size, stride)];
  const count = pooled(compute, kind, { x: example.flat(), size, stride }).flat().length;
  const dY = Array.from({ length: count }, (_, k) => k + 1);
  const dX = inputGradient(compute, [1, side, side], layers, example.flat(), dY);
  dX.forEach((value, k) => expect(value).toBeCloseTo(expected[k], 5));
});

test('the gradients are told in words, and their sums agree', () => {
  const text = viewText(gradientPlay, gradientPlay.start, compute);
  expect(text).toContain('the largest number of its window, 4, gets all of it; the others get 0.');
  expect(text).toContain('Sum above: 45. Sum below: 45.');
  const alone = { ...gradientPlay.start, kind: 'average', isAlone: true } as const;
  expect(viewText(gradientPlay, alone, compute)).toContain(
    'each of its 4 numbers gets 5 / 4 = 1.25. Sum above: 5. Sum below: 5.',
  );
});

test('where windows overlap, the gradients of a winner are added', () => {
  const state = { ...gradientPlay.start, size: 3, stride: 1, at: 3 };
  const text = viewText(gradientPlay, state, compute);
  // Windows 4, 8 and 12.
  expect(text).toContain('From all windows that it wins it gets 24. Sum above: 136.');
  const alone = viewText(gradientPlay, { ...state, isAlone: true }, compute);
  expect(alone).toContain('the others get 0. Sum above: 4. Sum below: 4.');
});

test('of two equal numbers the first one takes the gradient', () => {
  const dX = inputGradient(compute, [1, 2, 2], [kinds.max.layer(2, 2)], [7, 1, 7, 7], [3]);
  expect(dX).toEqual([3, 0, 0, 0]);
});

test('a shift by the stride moves the pooled map by one place', () => {
  const digits = readDigits(compute.data('some-digits'));
  const still = digitValues(digits, 6);
  const { moved } = shiftDigit(compute, still, { right: 4, down: 0 });
  const pool = (x: readonly number[]) =>
    toRows(compute.run([1, 28, 28], [kinds.max.layer(4, 4)], x).values, 7);
  expect(pool(moved)).toEqual(pool(still).map((row) => [0, ...row.slice(0, 6)]));
});

test('over all digits, larger windows change less often, and the largest never', () => {
  const digits = readDigits(compute.data('some-digits'));
  const shares = sizes.map((size) => {
    const own = Array.from({ length: digits.count }, (_, k) => {
      const digit = shiftDigit(compute, digitValues(digits, k), { right: 1, down: 0 });
      return shareChanged(compute, digit, 'max', size);
    });
    return own.reduce((sum, share) => sum + share, 0) / own.length;
  });
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(shares[1]).toBeGreaterThan(0.5);
  expect(shares.at(-1)).toBe(0);
});

test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
  'however far the %i is shifted, its ink stays and one window over it does not change',
  (digit) => {
    const own = centred(compute, digitValues(readDigits(compute.data('some-digits')), digit * 3));
    const ink = (pixels: readonly number[]) => pixels.filter((value) => value > 0).toSorted();
    for (const right of [-reach, reach])
      for (const down of [-reach, reach]) {
        const shifted = shiftDigit(compute, own, { right, down });
        expect(ink(shifted.moved)).toEqual(ink(own));
        expect(shareChanged(compute, shifted, 'max', 28)).toBe(0);
      }
  },
);

test('the largest window never changes, also where the 2 is shifted up', () => {
  const state = { ...shiftPlay.start, right: 0, down: -reach, size: sizes.length - 1 };
  expect(viewText(shiftPlay, state, compute)).toContain('and 0% of the outputs of 28×28 windows');
});

test('a digit that stays changes nothing, at either end of the slider', () => {
  for (const size of [0, sizes.length - 1]) {
    const state = { ...shiftPlay.start, right: 0, down: 0, size };
    expect(viewText(shiftPlay, state, compute)).toContain('changes 0% of the pixels');
  }
});

test('the answers of the checks', () => {
  expect(poolingLesson.checks.map(({ answer }) => answer)).toEqual([4, 27, 1.5]);
});

test('huge numbers that are typed in stay numbers that can be added', () => {
  const typed = windowPlay.controls.find(({ kind }) => kind === 'numbers');
  if (typed?.kind !== 'numbers') throw new Error('no numbers');
  const huge = typed.set(windowPlay.start, Array<number>(side ** 2).fill(-1e300));
  expect(viewText(windowPlay, huge, compute)).toContain('/ 4 = −99; the smallest of −99');
});
