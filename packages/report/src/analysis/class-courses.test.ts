import { expect, test } from 'vitest';
import { classCourses, confusionMoments } from './class-courses.ts';

const cell = (label: number, prediction: number, count: number) => ({ label, prediction, count });
const moment = (epoch: number, confusion: ReturnType<typeof cell>[] | null) => ({
  step: epoch,
  epoch,
  images: 0,
  layers: [],
  confusion,
});

test('accuracies of classes with images, and when each came to 95% of its last', () => {
  const moments = confusionMoments([
    moment(0, null),
    moment(1, [cell(0, 0, 9), cell(0, 2, 1), cell(2, 0, 4)]),
    moment(2, [cell(0, 0, 9), cell(0, 2, 1), cell(2, 0, 3), cell(2, 2, 1), cell(3, 0, 2)]),
    moment(4, [cell(0, 0, 8), cell(0, 2, 2), cell(2, 2, 4), cell(3, 0, 2)]),
  ]);
  expect(moments.map(({ epoch }) => epoch)).toEqual([1, 2, 4]);
  expect(classCourses(moments)).toEqual([
    { label: 0, accuracies: [0.9, 0.9, 0.8], arrival: 0 },
    { label: 2, accuracies: [0, 0.25, 1], arrival: 2 },
    { label: 3, accuracies: [0, 0, 0], arrival: null },
  ]);
});

test('there are none without recorded epochs', () => {
  expect(classCourses(confusionMoments([moment(0, null)]))).toEqual([]);
});
