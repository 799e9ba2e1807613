/// <reference lib="dom" />
import type { Compute } from '../../figure/compute.ts';
import type { Host } from '../../figure/figure.ts';
import { trainAll, type Curve } from './training.ts';

export interface TrainingState {
  /** Every rate is multiplied by 10 to this power. */
  readonly power: number;
  /** Losses so far; null where they are to be computed at once, as for the printed book. */
  readonly curves: readonly Curve[] | null;
  /** Counts the trainings that were asked for. */
  readonly run: number;
}

/** Milliseconds of training before the page may draw and answer again. */
const slice = 12;

/** Trains while the page stays free, as often as it is asked for. */
export function trainInSlices(
  part: HTMLElement,
  host: Host<TrainingState>,
  compute: Compute,
): void {
  let begun = 0;
  let isBusy = false;
  let steps: Generator<readonly Curve[]> | null = null;
  const goOn = () => {
    const state = host.read();
    if (state.run !== begun) {
      begun = state.run;
      steps = trainAll(compute, 10 ** state.power);
    }
    const curves = steps && takeSlice(steps);
    isBusy = curves !== null;
    if (curves === null) return;
    host.show({ ...state, curves });
    setTimeout(goOn);
  };
  const begin = () => {
    if (!isBusy && begun !== host.read().run) goOn();
  };
  part.addEventListener('input', begin);
  part.addEventListener('click', begin);
}

/** @returns The curves after the slice; null where nothing was left to train. */
function takeSlice(steps: Generator<readonly Curve[]>): readonly Curve[] | null {
  const end = performance.now() + slice;
  let curves: readonly Curve[] | null = null;
  while (performance.now() < end) {
    const next = steps.next();
    if (next.done === true) break;
    curves = next.value;
  }
  return curves;
}
