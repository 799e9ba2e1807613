import { describe, expect, test } from 'vitest';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { resolveModel } from '../model/model.ts';
import { basesOf, mapMemory } from './memory-map.ts';
import { layOutParameters } from './parameter-layout.ts';

const layout = layOutParameters(
  resolveModel({
    input: [1, 4, 4],
    layers: [conv2d({ filters: 3, kernelSize: 3 }), flatten(), dense({ units: 5 })],
  }),
);
const needs = {
  layout,
  shards: 3,
  stateCount: 2,
  arenas: 4,
  constantBytes: 100,
  batchBytes: 1000,
  arenaBytes: 777,
};

describe('mapMemory', () => {
  const map = mapMemory(needs);
  const arenas = [0, 1, 2, 3].map((worker) => basesOf(map, worker).arena);

  test('regions follow each other at cache lines, none over another', () => {
    const { constants, parameters, gradients, batch } = map.bases;
    const gradientBytes = layout.sizeBytes + 2 * layout.shardedBytes;
    const regions = [
      { start: 0, bytes: 64 },
      { start: constants, bytes: 100 },
      { start: parameters, bytes: layout.sizeBytes },
      { start: gradients, bytes: gradientBytes },
      ...map.states.map((start) => ({ start, bytes: layout.sizeBytes })),
      { start: batch, bytes: 1000 },
      ...arenas.map((start) => ({ start, bytes: 777 })),
      { start: map.sizeBytes, bytes: 0 },
    ];
    for (const [i, { start }] of regions.entries()) {
      expect(start % 64).toBe(0);
      if (i > 0) expect(start).toBeGreaterThanOrEqual(regions[i - 1].start + regions[i - 1].bytes);
    }
    expect(map.states).toHaveLength(2);
  });

  test('the regions, and the first cache line, which stays zero, are the whole', () => {
    const sum = Object.values(map.regions).reduce((total, bytes) => total + bytes, 0);
    expect(64 + sum).toBe(map.sizeBytes);
  });

  test('workers differ in their arena alone', () => {
    const [first, second] = [basesOf(map, 0), basesOf(map, 1)];
    expect({ ...second, arena: first.arena }).toEqual(first);
    expect(new Set(arenas).size).toBe(4);
  });
});
