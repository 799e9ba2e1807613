// Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks", 2013: how much the logit of a
// class changes with each value of the input.
import type { Network } from '../network.ts';
import { inputGradientSteps } from './input-gradient.ts';
import { finish, type Steps } from './steps.ts';

/**
 * The largest size over the channels of the gradient of logit `classes[n]`, `[height · width]` a sample.
 *
 * @param x `[batch, channels, height, width]`.
 */
export function saliency(
  network: Network,
  x: Float32Array,
  classes: readonly number[],
): Float32Array[] {
  return finish(saliencySteps(network, x, classes));
}

/** The same, a kernel call a step. */
export function* saliencySteps(
  network: Network,
  x: Float32Array,
  classes: readonly number[],
): Steps<Float32Array[]> {
  const gradient = yield* inputGradientSteps(network, x, classes);
  const [channels, height, width] = network.model.input;
  const area = height * width;
  return classes.map((_, n) => {
    const map = new Float32Array(area);
    for (let c = 0; c < channels; c++) {
      for (let place = 0; place < area; place++) {
        const size = Math.abs(gradient[(n * channels + c) * area + place]);
        if (size > map[place]) map[place] = size;
      }
    }
    return map;
  });
}
