import { describe, expect, test } from 'vitest';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { maxPool2d } from '../pool/max-pool2d.ts';
import { relu } from '../activations/relu.ts';
import { resolveModel } from '../model/model.ts';
import { ConstantTables } from '../calls/constant-tables.ts';
import { planBatch } from './batch-plan.ts';
import type { Call } from '../calls/call.ts';
import { cut } from '../calls/gradient-item.ts';
import { layOutParameters, placedParameter } from './parameter-layout.ts';
import { trainingStages } from './shard-plan.ts';

describe.each([0, 1, 3, 16, 17, 255, 256, 257, 1000, 432_000])('cut of %i floats', (count) => {
  const parts = cut(count);

  test('covers each once, in order', () => {
    expect(parts.map(([from]) => from)).toEqual(
      count === 0 ? [] : [0, ...parts.slice(0, -1).map(([, to]) => to)],
    );
    expect(parts.at(-1)?.[1] ?? 0).toBe(count);
  });

  test('has at most 16 parts, each from a cache line on', () => {
    expect(parts.length).toBeLessThanOrEqual(16);
    for (const [from, to] of parts) {
      expect(from % 16).toBe(0);
      expect(to).toBeGreaterThan(from);
    }
  });
});

describe('planBatch', () => {
  const model = resolveModel({
    input: [2, 9, 9],
    layers: [
      conv2d({ filters: 7, kernelSize: 3 }),
      relu(),
      maxPool2d({ size: 2 }),
      flatten(),
      dense({ units: 5 }),
      relu(),
      dense({ units: 3 }),
    ],
  });
  const layout = layOutParameters(model);
  const plan = planBatch(model, layout, new ConstantTables(), 21, 8);

  test('has an item for each shard, and divides by the batch, not the shard', () => {
    expect(plan.shards.map(({ count }) => count)).toEqual([8, 8, 5]);
    const divisors = plan.gradientItems.map(({ calls }) => calls[0].values.divisor);
    expect(new Set(divisors)).toEqual(new Set([21]));
  });

  test('the squares of its gradient items count every element of every gradient once', () => {
    const seen = new Map<number, number>();
    for (const { gradient, calls } of plan.gradientItems) {
      const { place, rowStride, rows, columns } = gradient;
      expect(calls.at(-1)?.kernel).toBe('sumSquares');
      expect(calls.at(-1)?.values).toMatchObject({ x: place, rowStride, rows, columns });
      expect(place.region).toBe('gradients');
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++) {
          const at = place.offset + r * rowStride + c * 4;
          seen.set(at, (seen.get(at) ?? 0) + 1);
        }
    }
    const elements = model.parameters.flatMap(({ name }) => {
      const { offset, count } = placedParameter(layout, name);
      return Array.from({ length: count }, (_, i) => offset + i * 4);
    });
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual(elements.sort((a, b) => a - b));
    expect(new Set(seen.values())).toEqual(new Set([1]));
  });

  test('items that may begin early read of the shards only what they keep', () => {
    const inBatch = (calls: readonly Call[]) =>
      calls.flatMap(({ values }) =>
        Object.values(values).filter(
          (value) => value !== null && typeof value !== 'number' && value.region === 'batch',
        ),
      );
    const calls = trainingStages(plan.shards[0]).flatMap((stage) => stage.calls);
    const kept = inBatch(calls.filter(({ keeps }) => keeps));
    const [early, late] = [
      plan.gradientItems.slice(0, plan.wholeBatchItems),
      plan.gradientItems.slice(plan.wholeBatchItems),
    ];
    const read = inBatch(early.flatMap((item) => item.calls));
    expect(new Set(read)).toEqual(new Set(kept));
    expect(kept).toHaveLength(4);
    expect(new Set(late.map(({ parameter }) => parameter))).toEqual(
      new Set(['conv1.weight', 'conv1.bias']),
    );
  });

  test('the first layer computes no input gradient unless asked', () => {
    const asked = planBatch(model, layout, new ConstantTables(), 21, 8, {
      needsInputGradient: true,
    });
    const calls = ({ shards }: typeof plan) =>
      shards[0].backward[0].calls.filter(({ kernel }) => kernel === 'pooledInputGradient').length;
    expect([calls(plan), calls(asked)]).toEqual([0, 1]);
    expect(plan.shards[0].inputGradient).toBeNull();
  });
});
