import { expect, test } from 'vitest';
import { layerCourses, middleOf } from './layer-courses.ts';

const norms = (name: string, gradientNorm: number, weightNorm: number, updateNorm: number) => ({
  name,
  gradientNorm,
  weightNorm,
  updateNorm,
});

test('layerCourses gives each layer its samples, and no ratio to weights that are 0', () => {
  const event = { event: 'layers' as const, epoch: 1 };
  const layerNorms = [
    { ...event, step: 1, layers: [norms('conv1', 3, 2, 1), norms('dense1', 1, 0, 1)] },
    { ...event, step: 20, layers: [norms('conv1', 4, 8, 2), norms('dense1', 2, 1, 4)] },
  ];
  expect(layerCourses({ layerNorms })).toEqual([
    {
      name: 'conv1',
      samples: [
        { step: 1, gradientNorm: 3, weightNorm: 2, updateRatio: 0.5 },
        { step: 20, gradientNorm: 4, weightNorm: 8, updateRatio: 0.25 },
      ],
    },
    {
      name: 'dense1',
      samples: [
        { step: 1, gradientNorm: 1, weightNorm: 0, updateRatio: null },
        { step: 20, gradientNorm: 2, weightNorm: 1, updateRatio: 4 },
      ],
    },
  ]);
  expect(layerCourses({ layerNorms: [] })).toEqual([]);
});

test.each([
  [[3, null, 1, 2], 2],
  [[4, 1, 3, 2], 3],
  [[null], null],
  [[], null],
])('middleOf %j is %j', (values, middle) => {
  expect(middleOf(values)).toBe(middle);
});
