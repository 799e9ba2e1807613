// Times predictions as `predict` makes them: the plain kernels, on the calling thread.
import { elementCount, uniform } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { initializeParameters, resolveModel, type ModelSpec } from '@convbook/layers';
import { createPredictor } from '@convbook/runtime/network';
import { spreadOf } from './spread.ts';

/** How long a call of `predict` took. */
export interface PredictionTime {
  readonly model: string;
  /** Images of a call. */
  readonly images: number;
  /** Median of the calls. */
  readonly millisecondsPerCall: number;
  /** The Node that predicted, as in `process.version`. */
  readonly node: string;
}

/** Predicts images of noise by initial parameters for `seconds`, after as long a warm-up. */
export async function timePredictions(
  spec: ModelSpec,
  images: number,
  seconds: number,
): Promise<PredictionTime> {
  const model = resolveModel(spec);
  const module = await loadKernelModule('plain');
  const predictor = createPredictor({ module, model, parameters: initializeParameters(model, 1) });
  const given = Array.from({ length: images }, (_, n) => noise(n, elementCount(model.input)));
  const call = () => predictor.predict(given);
  timeCalls(call, seconds);
  const { median } = spreadOf(timeCalls(call, seconds));
  return { model: model.name, images, millisecondsPerCall: median, node: process.version };
}

function noise(image: number, length: number): Uint8Array {
  return Uint8Array.from(uniform(1, `image ${image}`, new Float64Array(length), 0, 256));
}

/** Milliseconds of each call; at least one. */
function timeCalls(call: () => unknown, seconds: number): number[] {
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  do {
    const startedAt = performance.now();
    call();
    times.push(performance.now() - startedAt);
  } while (performance.now() < end);
  return times;
}
