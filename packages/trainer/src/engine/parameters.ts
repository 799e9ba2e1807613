// Parameters and the optimizer's values in the memory; names and shapes as in PyTorch's state_dict.
import type { StoredTensor } from '@convbook/core';
import { initializeRange, type PlacedParameter } from '@convbook/layers/plan';
import type { SharedState } from './shared-state.ts';

type MemoryPlan = Pick<SharedState, 'plan' | 'memory'>;

/** Drawn in about 2 ms; even. */
const drawnAtOnce = 1 << 14;

/** Writes the seed's initial weights; whoever drives it may do something else after each part. */
export function* drawParameters({ plan, memory }: MemoryPlan): Generator<void, void> {
  const placed = new Map(plan.layout.stored.map((parameter) => [parameter.name, parameter]));
  for (const parameter of plan.model.parameters) {
    const place = placed.get(parameter.name);
    if (place === undefined) throw new Error(`layout: no place for ${parameter.name}`);
    const all = valuesAt(memory, plan.map.bases.parameters, place);
    for (let begin = 0; begin < all.length; begin += drawnAtOnce) {
      const range = all.subarray(begin, begin + drawnAtOnce);
      initializeRange(parameter, plan.configuration.seed, range, begin);
      yield;
    }
  }
}

/** The parameters, and what is kept beside them but not trained: views of the memory. */
export function readParameters(state: MemoryPlan): Map<string, StoredTensor> {
  const { map, layout } = state.plan;
  return readTensors(state, layout.stored, map.bases.parameters, '');
}

/** The gradients of a step, summed over its shards and with penalties: views of the memory. */
export function readGradients(state: MemoryPlan): Map<string, StoredTensor> {
  const { map, layout } = state.plan;
  return readTensors(state, layout.parameters, map.bases.gradients, '');
}

/** Every value the optimizer keeps, as `state0.conv1.weight`, …: views of the memory. */
export function readOptimizerState(state: MemoryPlan): Map<string, StoredTensor> {
  const { map, layout } = state.plan;
  return new Map(
    map.states.flatMap((start, i) => [
      ...readTensors(state, layout.parameters, start, `state${i}.`),
    ]),
  );
}

function readTensors(
  { memory }: MemoryPlan,
  list: readonly PlacedParameter[],
  start: number,
  prefix: string,
): Map<string, StoredTensor> {
  return new Map(
    list.map((placed) => [
      prefix + placed.name,
      { dtype: 'F32', shape: placed.shape, data: valuesAt(memory, start, placed) },
    ]),
  );
}

function valuesAt({ buffer }: WebAssembly.Memory, start: number, place: PlacedParameter) {
  return new Float32Array(buffer, start + place.offset, place.count);
}
