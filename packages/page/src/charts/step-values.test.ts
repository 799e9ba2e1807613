import { expect, test } from 'vitest';
import { readStepValues, stepValues } from './step-values.ts';

const written = (steps: readonly number[], stepsPerUnit: number) =>
  stepValues(
    steps.map((step) => ({ x: step / stepsPerUnit, y: step / 8 })),
    stepsPerUnit,
  )?.toString();

test.each([
  ['each step', [1, 2, 3, 4, 5], 2],
  ['neighbours in one, the last of fewer', [4, 8, 12, 14], 7],
  ['one step', [1], 1],
])('%s: read as written', (_, steps, stepsPerUnit) => {
  const markup = written(steps, stepsPerUnit) ?? '';
  const [, stride, last, text] =
    /data-stride="(\d+)" data-last="(\d+)"\s*>([^<]+)</.exec(markup) ?? [];
  const places = { stride: Number(stride), last: Number(last), stepsPerUnit };
  const before = [0, ...steps];
  expect(readStepValues(text, places)).toEqual(
    steps.map((step, k) => ({ x: step / stepsPerUnit, y: step / 8, weight: step - before[k] })),
  );
});

test('steps with a gap are not written', () => {
  expect(written([1, 2, 5], 1)).toBeUndefined();
});
