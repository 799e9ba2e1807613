// Parameters between the shared memory and files; names and shapes as in PyTorch's state_dict.
import { type StoredTensor } from '@convbook/core';
import { initializeParameters, type PlacedParameter } from '@convbook/layers';
import type { SharedState } from '../engine/shared-state.ts';

function values({ memory }: SharedState, start: number, { offset, count }: PlacedParameter) {
  return new Float32Array(memory.buffer, start + offset, count);
}

/** Writes the seed's initial weights and the optimizer's first numbers. */
export function initializeState(state: SharedState, optimizerScalars: readonly number[]): void {
  const { plan, statistics } = state;
  const initial = initializeParameters(plan.model, plan.configuration.seed);
  for (const placed of plan.layout.stored) {
    values(state, plan.map.bases.parameters, placed).set(initial.get(placed.name) ?? []);
  }
  statistics.optimizer.set(optimizerScalars);
}

/** Copies of the parameters, and of what is kept beside them but not trained. */
export function readParameters(state: SharedState): Map<string, StoredTensor> {
  const { map, layout } = state.plan;
  return readTensors(state, layout.stored, map.bases.parameters, '');
}

/** Copies of every value the optimizer keeps, as `state0.conv1.weight`, … */
export function readOptimizerState(state: SharedState): Map<string, StoredTensor> {
  const { map, layout } = state.plan;
  return new Map(
    map.states.flatMap((start, i) => [
      ...readTensors(state, layout.parameters, start, `state${i}.`),
    ]),
  );
}

function readTensors(
  state: SharedState,
  list: readonly PlacedParameter[],
  start: number,
  prefix: string,
): Map<string, StoredTensor> {
  return new Map(
    list.map((placed) => [
      prefix + placed.name,
      { dtype: 'F32', shape: placed.shape, data: values(state, start, placed).slice() },
    ]),
  );
}

/** Puts back what `readParameters` and `readOptimizerState` gave. */
export function writeTensors(state: SharedState, tensors: ReadonlyMap<string, StoredTensor>): void {
  const { map, layout } = state.plan;
  const starts = [
    ['', map.bases.parameters, layout.stored] as const,
    ...map.states.map((start, i) => [`state${i}.`, start, layout.parameters] as const),
  ];
  for (const [prefix, start, list] of starts) {
    for (const placed of list) {
      const tensor = tensors.get(prefix + placed.name);
      if (tensor?.dtype === 'F32') values(state, start, placed).set(tensor.data);
    }
  }
}

/**
 * Name of the first parameter that is not finite, or of the optimizer's values that are NaN (their
 * sums of squares may overflow and stop an element for good, which is no harm); null where all are
 * well.
 */
export function notFinite(state: SharedState): string | null {
  const { map, layout } = state.plan;
  const isGood = (start: number, test: (value: number) => boolean) => (placed: PlacedParameter) =>
    values(state, start, placed).every(test);
  const find = (start: number, test: (value: number) => boolean, list = layout.parameters) =>
    list.find((placed) => !isGood(start, test)(placed))?.name;
  const parameter = find(map.bases.parameters, Number.isFinite, layout.stored);
  if (parameter !== undefined) return parameter;
  for (const [i, start] of map.states.entries()) {
    const name = find(start, (value) => !Number.isNaN(value));
    if (name !== undefined) return `state${i}.${name}`;
  }
  return null;
}
