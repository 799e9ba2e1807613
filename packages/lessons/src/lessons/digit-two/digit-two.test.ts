import { loadKernelModule } from '@convbook/core/node';
import { expect, test } from 'vitest';
import type { NumbersControl } from '../../figure/figure.ts';
import { bookCompute, viewText } from '../../testing/index.ts';
import { pixelsOf } from './digits.ts';
import { filters } from './filters.ts';
import { game } from './game-figure.ts';
import { digitTwoLesson } from './index.ts';
import { maps } from './maps-figure.ts';
import { mapsOf } from './maps.ts';
import { bestChange, bestFilter, scoresOf, type Game } from './search.ts';

const compute = await bookCompute(digitTwoLesson);
const module = await loadKernelModule('plain');
const show = (change: Partial<typeof maps.start> = {}) =>
  viewText(maps, { ...maps.start, ...change }, compute);

test.each([
  ['horizontal', '1 2 2 1 1 1 1 1 0 0 1 1 0 1 1 1', '1 1 0 0'],
  ['diagonal', '2 1 0 1 0 0 1 2 0 0 3 0 0 3 1 1', '1 1 2 2'],
  ['vertical', '1 1 2 0 0 1 2 0 1 1 1 0 2 2 1 0', '0 1 1 0'],
])('text E: feature map and pooled numbers of the %s filter', (name, feature, pooled) => {
  const [, own] = show().split(`${name}, sum after pooling`);
  expect(own).toContain(`Feature map ${feature}`);
  expect(/Pooled ((?:\d ?){4})/.exec(own)?.[1].trim()).toBe(pooled);
});

test('the diagonal filter answers strongest to the 2, the horizontal one to the 7', () => {
  expect(show()).toContain(
    'The diagonal filter answers strongest: horizontal 2, diagonal 6, vertical 2.',
  );
  expect(show({ x: pixelsOf('7') })).toContain('The horizontal filter answers strongest');
  expect(show({ x: pixelsOf('2').fill(0) })).toContain('No filter answers');
  expect(show({ weights: filters.map(() => [0, 0, 0, 0, 1, 0, 0, 0, 0]), bias: 0 })).toContain(
    'Several filters answer equally strongly',
  );
});

test('the sum of a chosen number has its terms, bias and ReLU', () => {
  expect(show()).toContain(
    'row 3, column 3: 1·1 + 1·1 + 1·1 = 3. With the bias −1, ReLU leaves 2.',
  );
  const weights = maps.start.weights.with(1, [0, 0, -1, 0, 0.5, 0, 0, 0, 0]);
  expect(show({ weights })).toContain('(−1)·1 + 0.5·1 = −0.5. With the bias −1, ReLU leaves 0.');
  expect(
    show({
      weights: weights.with(
        1,
        weights[0].map(() => 0),
      ),
    }),
  ).toContain(': 0 = 0.');
});

test('pixels turn over when pressed, and a drag gives the others the same', () => {
  const press = { part: 'input', row: 0, column: 0 };
  const inked = maps.choose?.(maps.start, { ...press, by: 'press' }) ?? maps.start;
  const dragged = maps.choose?.(inked, { ...press, column: 2, by: 'drag' }) ?? maps.start;
  const moved = maps.choose?.(dragged, { ...press, column: 1, by: 'arrow' }) ?? maps.start;
  expect(moved.x.slice(0, 4)).toEqual([1, 0, 1, 1]);
  const enter = maps.choose?.(moved, { ...press, column: 1, by: 'enter' }) ?? maps.start;
  expect(enter.x.slice(0, 4)).toEqual([1, 1, 1, 1]);
});

test('typed nonsense stays a number that can be added', () => {
  const typed = maps.controls.find(
    (control): control is NumbersControl<typeof maps.start> => control.kind === 'numbers',
  );
  const state = typed?.set(maps.start, [NaN, Infinity, -1e300, 1e300, 0, 0, 0, 0, 0]);
  expect(state?.weights[1]).toEqual([0, 0, -99, 99, 0, 0, 0, 0, 0]);
  expect(state && viewText(maps, state, compute)).not.toMatch(/NaN|Infinity/);
});

test.each([-4, 2])('bias %d: no number is missing', (bias) => {
  expect(show({ bias })).toContain(`bias ${bias}`.replace('-', '−'));
});

const two: Game = { found: '2', other: '7', bias: -1 };

test('the search finds what the maps say: 6, more than any of the three filters', () => {
  const best = bestFilter(module, two);
  const [own, other] = [pixelsOf('2'), pixelsOf('7')].map(
    (x) => mapsOf(compute, x, [best.weights], -1)[0].answer,
  );
  expect([best.score, own - other]).toEqual([6, 6]);
  const named = Float32Array.from(filters.flatMap(({ rows }) => rows.flat()));
  expect([...scoresOf(module, two, named)]).toEqual([-2, 3, -1]);
  expect(bestFilter(module, { ...two, other: '2' })).toMatchObject({ score: 0, count: 3 ** 9 });
});

test('hints from the horizontal filter end at 4, those from the diagonal one at once', () => {
  let weights: readonly number[] = game.start.weights;
  const scores: number[] = [];
  for (;;) {
    const change = bestChange(module, two, weights);
    if (change === null) break;
    weights = weights.with(change.at, change.value);
    scores.push(change.score);
  }
  expect(scores).toEqual([0, 2, 3, 4]);
  expect(bestChange(module, two, filters[1].rows.flat())).toBeNull();
});

test('the game says its score, a hint, and the best', () => {
  const say = (help: string) => viewText(game, { ...game.start, help }, compute);
  expect(say('none')).toContain('2 − 4 = −2.');
  expect(say('none')).not.toContain('Hint');
  expect(say('hint')).toMatch(/Hint: set row \d, column \d to −?\d; the score becomes 0\./);
  expect(say('best')).toContain('A best filter, score 6');
  expect(say('best')).toContain('All 19,683 filters');
});

test('the checks have the answers that the figure gives', () => {
  const answers = digitTwoLesson.checks.map(({ answer }) => answer);
  expect(answers).toEqual([2, -2, 4]);
  const answerAt = (k: number, bias: number) =>
    mapsOf(compute, pixelsOf('2'), maps.start.weights, bias)[k].answer;
  expect([answerAt(1, -2), answerAt(2, -2)]).toEqual([2, 0]);
  expect(answerAt(2, -1)).toBeGreaterThan(0);
});
