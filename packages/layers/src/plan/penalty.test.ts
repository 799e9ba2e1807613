import { describe, expect, test } from 'vitest';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { resolveModel } from '../model/model.ts';
import { ConstantTables } from '../calls/constant-tables.ts';
import { planBatch } from './batch-plan.ts';
import { layOutParameters } from './parameter-layout.ts';
import { addPenalties } from './penalty.ts';

const model = resolveModel({
  input: [2, 4, 3],
  layers: [conv2d({ filters: 3, kernelSize: 2 }), flatten(), dense({ units: 5 })],
});
const plan = planBatch(model, layOutParameters(model), new ConstantTables(), 21, 8);

describe('penalties on weights', () => {
  test('none leave the plan as it is', () => {
    expect(addPenalties(plan, model, { l1: 0, l2: 0 })).toBe(plan);
  });

  test('each part of a weight is penalized before its squares are summed; biases are not', () => {
    const { gradientItems, ...rest } = addPenalties(plan, model, { l1: 0.5, l2: 0.25 });
    expect(rest).toEqual({ ...plan, gradientItems: undefined });
    gradientItems.forEach(({ parameter, gradient, calls }, i) => {
      const before = plan.gradientItems[i].calls;
      const isWeight = parameter.endsWith('.weight');
      expect(calls.length).toBe(before.length + (isWeight ? 1 : 0));
      if (!isWeight) return;
      const [penalize, squares] = calls.slice(-2);
      const { place, ...range } = gradient;
      expect(squares.values).toMatchObject({ x: place, ...range });
      expect(penalize).toEqual({
        kernel: 'penalize',
        values: {
          gradient: place,
          weights: { region: 'parameters', offset: place.offset },
          ...range,
          l1: 0.5,
          l2: 0.25,
        },
      });
    });
    const penalized = gradientItems.filter(({ calls }) =>
      calls.some(({ kernel }) => kernel === 'penalize'),
    );
    expect(new Set(penalized.map(({ parameter }) => parameter))).toEqual(
      new Set(['conv1.weight', 'dense1.weight']),
    );
  });
});
