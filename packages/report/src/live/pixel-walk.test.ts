import { expect, test } from 'vitest';
import {
  back,
  firstStep,
  forward,
  isDrawn,
  moveTo,
  wholeWalk,
  type Ground,
  type Pace,
  type Walk,
} from './pixel-walk.ts';

/** Three rows of four positions, the last row of two; three products each. */
const ground: Ground = { positions: 10, columns: 4, terms: 3, termsAtOnce: 1 };
const drawn = (walk: Walk) =>
  Array.from({ length: ground.positions }, (_, k) => k).filter((k) => isDrawn(walk, k));

test.each<[Pace, number]>([
  ['pixels', 10],
  ['rows', 3],
  ['products', 40],
])('by %s the map is whole after %i steps, and positions come in reading order', (pace, steps) => {
  let walk = firstStep(ground, pace);
  const order: number[] = [];
  for (let step = 1; step < steps; step++) {
    expect(walk.visited).not.toBeNull();
    for (const position of drawn(walk)) if (!order.includes(position)) order.push(position);
    walk = forward(walk, ground, pace);
  }
  expect(drawn(walk)).toHaveLength(ground.positions);
  expect(order).toEqual(drawn(walk).slice(0, order.length));
  expect(forward(walk, ground, pace)).toEqual(wholeWalk(9));
});

test('a position whose products are not all summed up is not drawn', () => {
  let walk = firstStep(ground, 'products');
  for (const terms of [0, 1, 2]) {
    expect(walk.terms).toBe(terms);
    expect(drawn(walk)).toEqual([]);
    walk = forward(walk, ground, 'products');
  }
  expect(walk.terms).toBeNull();
  expect(drawn(walk)).toEqual([0]);
  expect(forward(walk, ground, 'products')).toMatchObject({ at: 1, terms: 0 });
});

test.each<Pace>(['pixels', 'products'])('a step back by %s undoes a step', (pace) => {
  let walk = firstStep(ground, pace);
  for (let step = 0; step < 7; step++) {
    const next = forward(walk, ground, pace);
    const undone = back(next, ground, pace);
    expect([undone.at, drawn(undone)]).toEqual([walk.at, drawn(walk)]);
    walk = next;
  }
});

test('a step back by rows takes the row away', () => {
  const second = forward(firstStep(ground, 'rows'), ground, 'rows');
  expect(drawn(second)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(drawn(back(second, ground, 'rows'))).toEqual([0, 1, 2, 3]);
});

test('on a map that is all there, steps move the position and take nothing away', () => {
  expect(forward(wholeWalk(4), ground, 'pixels')).toEqual(wholeWalk(5));
  expect(forward(wholeWalk(4), ground, 'rows')).toEqual(wholeWalk(8));
  expect(forward(wholeWalk(9), ground, 'pixels')).toEqual(wholeWalk(9));
  expect(back(wholeWalk(4), ground, 'pixels')).toEqual(wholeWalk(3));
  expect(back(wholeWalk(0), ground, 'pixels')).toEqual(wholeWalk(0));
});

test('what was passed over comes last', () => {
  let walk = moveTo(firstStep(ground, 'pixels'), 8);
  expect(drawn(walk)).toEqual([0, 8]);
  const order: number[] = [];
  for (let step = 0; step < 8; step++) {
    walk = forward(walk, ground, 'pixels');
    order.push(walk.at);
  }
  expect(order).toEqual([9, 1, 2, 3, 4, 5, 6, 7]);
  expect(forward(walk, ground, 'pixels').visited).toBeNull();
});

test('many products are taken in at once, and the last step has the rest', () => {
  const large = { ...ground, terms: 100, termsAtOnce: 40 };
  let walk = firstStep(large, 'products');
  const terms = [walk.terms];
  for (let step = 0; step < 3; step++) {
    walk = forward(walk, large, 'products');
    terms.push(walk.terms);
  }
  expect(terms).toEqual([0, 40, 80, null]);
});
