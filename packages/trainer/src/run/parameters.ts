// Parameters between the shared memory and files; names and shapes as in PyTorch's state_dict.
import { type StoredTensor } from '@convbook/core';
import { initializeRange, type PlacedParameter } from '@convbook/layers';
import type { SharedState } from '../engine/shared-state.ts';
import { createGiveWay } from '../loop/give-way.ts';

/** Drawn in about 2 ms; even. */
const drawnAtOnce = 1 << 14;
/** Looked at in about 2 ms. */
const checkedAtOnce = 1 << 17;

function values({ memory }: SharedState, start: number, { offset, count }: PlacedParameter) {
  return new Float32Array(memory.buffer, start + offset, count);
}

/** Writes the seed's initial weights and the optimizer's first numbers. */
export async function initializeState(
  state: SharedState,
  optimizerScalars: readonly number[],
): Promise<void> {
  const { plan, statistics } = state;
  const giveWay = createGiveWay();
  const placed = new Map(plan.layout.stored.map((parameter) => [parameter.name, parameter]));
  for (const parameter of plan.model.parameters) {
    const place = placed.get(parameter.name) as PlacedParameter;
    const all = values(state, plan.map.bases.parameters, place);
    for (let begin = 0; begin < all.length; begin += drawnAtOnce) {
      const range = all.subarray(begin, begin + drawnAtOnce);
      initializeRange(parameter, plan.configuration.seed, range, begin);
      await giveWay();
    }
  }
  statistics.optimizer.set(optimizerScalars);
}

/** The parameters, and what is kept beside them but not trained: views of the shared memory. */
export function readParameters(state: SharedState): Map<string, StoredTensor> {
  const { map, layout } = state.plan;
  return readTensors(state, layout.stored, map.bases.parameters, '');
}

/** Every value the optimizer keeps, as `state0.conv1.weight`, …: views of the shared memory. */
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
      { dtype: 'F32', shape: placed.shape, data: values(state, start, placed) },
    ]),
  );
}

/**
 * Name of the first parameter that is not finite, or of the optimizer's values that are NaN (their
 * sums of squares may overflow and stop an element for good, which is no harm); null where all are
 * well.
 */
export async function notFinite(state: SharedState): Promise<string | null> {
  const giveWay = createGiveWay();
  const checks = [
    { tensors: readParameters(state), isBad: (value: number) => !Number.isFinite(value) },
    { tensors: readOptimizerState(state), isBad: Number.isNaN },
  ];
  for (const { tensors, isBad } of checks) {
    for (const [name, { data }] of tensors) {
      for (let begin = 0; begin < data.length; begin += checkedAtOnce) {
        if (data.subarray(begin, begin + checkedAtOnce).some(isBad)) return name;
        await giveWay();
      }
    }
  }
  return null;
}
