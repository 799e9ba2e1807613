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
  for (const placed of plan.layout.parameters) {
    values(state, plan.map.bases.parameters, placed).set(initial.get(placed.name) ?? []);
  }
  statistics.optimizer.set(optimizerScalars);
}

/** Copies of the parameters, in the model's order. */
export function readParameters(state: SharedState): Map<string, StoredTensor> {
  return readTensors(state, state.plan.map.bases.parameters, '');
}

/** Copies of every value the optimizer keeps, as `state0.conv1.weight`, … */
export function readOptimizerState(state: SharedState): Map<string, StoredTensor> {
  return new Map(
    state.plan.map.states.flatMap((start, i) => [...readTensors(state, start, `state${i}.`)]),
  );
}

function readTensors(state: SharedState, start: number, prefix: string): Map<string, StoredTensor> {
  return new Map(
    state.plan.layout.parameters.map((placed) => [
      prefix + placed.name,
      { dtype: 'F32', shape: placed.shape, data: values(state, start, placed).slice() },
    ]),
  );
}

/** Puts back what `readParameters` and `readOptimizerState` gave. */
export function writeTensors(state: SharedState, tensors: ReadonlyMap<string, StoredTensor>): void {
  const { map, layout } = state.plan;
  const starts = [
    ['', map.bases.parameters] as const,
    ...map.states.map((start, i) => [`state${i}.`, start] as const),
  ];
  for (const [prefix, start] of starts) {
    for (const placed of layout.parameters) {
      const tensor = tensors.get(prefix + placed.name);
      if (tensor?.dtype === 'F32') values(state, start, placed).set(tensor.data);
    }
  }
}
