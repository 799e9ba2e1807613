// What is done with all parameters of a state, a piece at a time.
import { createGiveWay } from '../engine/give-way.ts';
import { drawParameters, readOptimizerState, readParameters } from '../engine/parameters.ts';
import type { SharedState } from '../engine/shared-state.ts';

export { readOptimizerState, readParameters };

/** Looked at in about 2 ms. */
const checkedAtOnce = 1 << 17;

/** Writes the seed's initial weights and the optimizer's first numbers. */
export async function initializeState(
  state: SharedState,
  optimizerScalars: readonly number[],
): Promise<void> {
  const giveWay = createGiveWay();
  const drawing = drawParameters(state);
  while (drawing.next().done !== true) await giveWay();
  state.statistics.optimizer.set(optimizerScalars);
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
