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

/** Name of the first parameter or optimizer's value that is not finite; null where all are. */
export async function notFinite(state: SharedState): Promise<string | null> {
  const giveWay = createGiveWay();
  const isBad = (value: number) => !Number.isFinite(value);
  for (const [name, { data }] of [...readParameters(state), ...readOptimizerState(state)]) {
    for (let begin = 0; begin < data.length; begin += checkedAtOnce) {
      if (data.subarray(begin, begin + checkedAtOnce).some(isBad)) return name;
      await giveWay();
    }
  }
  return null;
}
