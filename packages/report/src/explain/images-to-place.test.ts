import type { Evaluation } from '@convbook/run';
import { expect, test } from 'vitest';
import { imagesToPlace } from './images-to-place.ts';

/** Labels 0 to 9 in turn; class 1 is the answer to all, the surer the later an image comes. */
const collapsed: Evaluation = {
  samples: 3000,
  classes: 10,
  logits: Float32Array.from({ length: 30_000 }, (_, at) =>
    at % 10 === 1 ? 1 + Math.floor(at / 10) / 3000 : 0,
  ),
  labels: Uint8Array.from({ length: 3000 }, (_, index) => index % 10),
};

/** As it, but only images before `from` are wrong. */
const mostlyRight: Evaluation = {
  ...collapsed,
  logits: collapsed.logits.map((_, at) => {
    const [index, k] = [Math.floor(at / 10), at % 10];
    return k === (index < 60 ? 1 : index % 10) ? 1 : 0;
  }),
};

function choose(
  evaluation: Evaluation,
  most: number,
  isKept: (index: number) => boolean = () => true,
) {
  const indexes = [...evaluation.labels.keys()].filter(isKept);
  const images = new Map(indexes.map((index) => [index, new Uint8Array(1)]));
  const chosen = imagesToPlace(evaluation, { shape: [1, 1, 1], images }, most);
  const perClass = new Array<number>(10).fill(0);
  for (const index of chosen.indexes) perClass[evaluation.labels[index]]++;
  return { ...chosen, perClass };
}

test('of a model that answers one class to all, every class is on the map', () => {
  const { way, indexes, sample, perClass } = choose(collapsed, 400);
  expect([way, indexes.length, sample?.length]).toEqual(['sample', 400, 200]);
  const own = new Set(sample);
  // 20 of each in the sample, and 200 mistakes over the nine other classes.
  expect(perClass).toEqual([42, 20, 42, 42, 42, 42, 42, 42, 43, 43]);
  const worst = indexes.filter((index) => !own.has(index));
  expect(Math.min(...worst)).toBeGreaterThan(2700);
});

test('of few mistakes all are on the map, and the rest is in proportion', () => {
  const { way, indexes, sample } = choose(mostlyRight, 400);
  const isWrong = (index: number) => index < 60 && index % 10 !== 1;
  expect([way, sample?.length]).toEqual(['sample', 400 - 54]);
  expect(indexes.filter(isWrong).length).toBe(54);
  expect(sample?.filter(isWrong).length).toBeLessThan(10);
});

test('all images where they fit', () => {
  const all = choose(collapsed, 3000);
  expect([all.way, all.indexes.length, all.sample?.length]).toEqual(['whole', 3000, 3000]);
  const some = choose(collapsed, 3000, (index) => index < 1000);
  expect([some.way, some.indexes.length, some.sample?.length]).toEqual(['kept', 1000, 1000]);
});

test('where a run keeps mistakes alone, these, evenly over the classes', () => {
  const { way, indexes, sample, perClass } = choose(collapsed, 90, (index) => index % 10 !== 1);
  expect([way, indexes.length, sample]).toEqual(['by-class', 90, null]);
  expect(perClass).toEqual([10, 0, 10, 10, 10, 10, 10, 10, 10, 10]);
});
