import { classicFilters, crossCorrelation, largestSize } from '@convbook/core';
import { avgPool2d } from '@convbook/layers';
import { expect, test } from 'vitest';
import { renderBook } from '../../book.ts';
import { toRows } from '../../figure/rows.ts';
import { bookCompute, viewText } from '../../testing/index.ts';
import { filterPlay } from './filter-figure.ts';
import { filtered } from './filtered.ts';
import { evenAnswer, filterOf, filters, idOf, nextWeight } from './filters.ts';
import { blank, digitImage, shapes, toGreyImage } from './grey-image.ts';
import { filtersByHandLesson } from './index.ts';
import { sheetPlay } from './sheet-figure.ts';

const compute = await bookCompute(filtersByHandLesson);
const { start } = filterPlay;
const output = (id: string, image = shapes) => filtered(compute, image, filterOf(id).weights);
const at = ({ side, values }: typeof shapes, row: number, column: number) =>
  values[row * side + column];

test('every classic filter of the core is here, and each gives what the core computes', () => {
  const ids = filters.map(({ id }) => id);
  expect(ids.toSorted()).toEqual([...Object.keys(classicFilters), 'blur'].toSorted());
  for (const { weights } of filters) {
    const expected = crossCorrelation(toRows(shapes.values, shapes.side), toRows(weights, 3));
    const flat = expected.flat();
    const { values } = filtered(compute, shapes, weights);
    expect(values.length).toBe(flat.length);
    expect(largestSize(values.map((value, k) => value - flat[k]))).toBeLessThan(1e-3);
  }
});

test('the first window, its products and their sum are told', () => {
  const text = viewText(filterPlay, start, compute);
  expect(text).toContain('Picture, 64×64');
  expect(text).toContain('Feature map, 62×62');
  expect(text).toContain('Window 60 60 200 60 60 200 60 60 200');
  expect(text).toContain('Filter −1 0 1 −2 0 2 −1 0 1');
  expect(text).toContain(
    '−60 + 0 + 200 + (−120) + 0 + 400 + (−60) + 0 + 200 = 560. More than 255: white in grey.',
  );
  expect(text).toContain('The weights add up to 0: even areas become 0, only differences remain.');
});

test('the two signs of Sobel y give opposite maps', () => {
  const [up, down] = [output('sobelY'), output('sobelYNegative')];
  expect(down.values.map((value) => 0 - value)).toEqual([...up.values]);
});

test('on the strip Sobel x answers with the slope, edges with nothing', async () => {
  const row = 58;
  for (const column of [0, 30, 61]) {
    expect(at(output('sobelX'), row, column)).toBe(32);
    for (const id of ['edges', 'strongEdges']) expect(at(output(id), row, column)).toBe(0);
  }
  const book = await renderBook([filtersByHandLesson]);
  expect(book).toMatch(/Sobel x answers 32 all along it, .{0,99} 8 neighbours answer 0\./s);
});

test('around the single bright pixel a map shows its filter turned round', () => {
  const bright = { side: 5, values: Array.from({ length: 25 }, (_, k) => (k === 12 ? 1 : 0)) };
  for (const { weights } of filters) {
    const seen = filtered(compute, bright, weights).values.map((value) => value + 0);
    weights.toReversed().forEach((weight, k) => expect(seen[k]).toBeCloseTo(weight, 6));
  }
});

test('sharpen is identity minus edges, blur is average pooling with stride 1', () => {
  const [sharp, same, edges] = ['sharpen', 'identity', 'edges'].map((id) => output(id).values);
  expect([...sharp]).toEqual(same.map((value, k) => value - edges[k]));
  const pool = avgPool2d({ size: 3, stride: 1 });
  const means = compute.run([1, shapes.side, shapes.side], [pool], shapes.values).values;
  const differences = output('blur').values.map((value, k) => value - means[k]);
  expect([means.length, largestSize(differences) < 1e-3]).toEqual([62 ** 2, true]);
});

test.each([
  ['sobelX', 0],
  ['diagonalEdges', 0],
  ['sharpen', 1],
  ['identity', 1],
])('%s adds up to %i', (id, sum) => {
  expect(evenAnswer(filterOf(id).weights)).toBe(sum);
});

test('a pressed weight rises by 1, from 2 down to −2, and makes the filter the reader’s own', () => {
  expect([-2, -1, 0, 1, 2, 8, -4, 0.5].map(nextWeight)).toEqual([-1, 0, 1, 2, -2, -2, -3, 1]);
  const pressed = { part: 'filter', row: 0, column: 2, by: 'press' } as const;
  const next = filterPlay.choose?.(start, pressed);
  expect(next?.weights).toEqual([-1, 0, 2, -2, 0, 2, -1, 0, 1]);
  expect(idOf(next?.weights ?? [])).toBe('own');
  const reached = filterPlay.choose?.(start, { ...pressed, by: 'arrow' });
  expect(reached).toEqual({ ...start, weight: 2 });
});

test('a pixel of the picture is the middle of its window, also at the edges', () => {
  const chosen = (row: number, column: number) =>
    filterPlay.choose?.(start, { part: 'input', row, column, by: 'press' });
  expect(chosen(20, 31)).toMatchObject({ row: 19, column: 30 });
  expect(chosen(0, 0)).toMatchObject({ row: 0, column: 0 });
  const corner = chosen(63, 63) ?? start;
  expect(viewText(filterPlay, corner, compute)).toContain('Window 244 248 252');
});

test.each([
  ['a smaller picture keeps the window inside', { source: '2', row: 61, column: 61 }],
  ['nothing drawn yet', { source: 'own' }],
  ['a filter of zeros', { weights: Array<number>(9).fill(0) }],
  ['a filter beyond float32', { weights: Array<number>(9).fill(1e39) }],
])('%s has a view', (_, changed) => {
  const text = viewText(filterPlay, { ...start, ...changed }, compute);
  expect(text).toContain('Feature map');
  expect(text).not.toContain('undefined');
});

test('a photo becomes its middle square in grey, transparent pixels white', () => {
  const row = [255, 0, 0, 255, 0, 255, 0, 255, 10, 10, 10, 255, 0, 0, 0, 0];
  const { side, values } = toGreyImage({
    width: 4,
    height: 2,
    channels: 4,
    data: [...row, ...row],
  });
  expect([side, values.length]).toEqual([blank.side, blank.values.length]);
  expect([values[0], values[side - 1]]).toEqual([150, 10]);
});

test('the sheet shows every filter with its weights', () => {
  const text = viewText(sheetPlay, sheetPlay.start, compute);
  for (const { name } of filters) expect(text).toContain(name.en);
  expect(text).toContain('Edges, 8 neighbours −1 −1 −1 −1 8 −1 −1 −1 −1');
  expect(digitImage(compute, 5).values.some((value) => value > 200)).toBe(true);
});

test('the answers of the checks', () => {
  expect(filtersByHandLesson.checks.map(({ answer }) => answer)).toEqual([1020, 90, 62]);
});

test('weights that are typed in stay within what a sum can show', () => {
  const typed = filterPlay.controls.find(({ kind }) => kind === 'numbers');
  if (typed?.kind !== 'numbers') throw new Error('no numbers');
  const { weights } = typed.set(start, [1e39, -1e39, 0.5, 0, 0, 0, 0, 0, 0]);
  expect(weights.slice(0, 3)).toEqual([99, -99, 0.5]);
});
