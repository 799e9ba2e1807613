// Selvaraju and others, "Grad-CAM", 2016: the maps of a late convolution, each weighted by the mean
// gradient of a logit with respect to it; negative values become 0.
import { kindOf, type ResolvedModel } from '@convbook/layers';
import { joinsBefore } from '../layer-rows.ts';
import { forward, partOf, type Network } from '../network.ts';
import { inputGradientSteps } from './input-gradient.ts';
import { finish, type Steps } from './steps.ts';

/** The layer that Grad-CAM explains. */
export interface CamLayer {
  /** Name of the convolution or residual block. */
  readonly name: string;
  /** The layers up to the convolution's normalization and activation, included. */
  readonly to: number;
  /** `[channels, height, width]`. */
  readonly shape: readonly number[];
}

/** Maps with fewer rows or columns locate too coarsely. */
const smallestSide = 4;

/** The last convolution or residual block with at least 4 × 4 positions, null where there is none before a last layer. */
export function camLayer({ layers }: ResolvedModel): CamLayer | null {
  const at = layers.findLastIndex(
    ({ spec, outputShape }) =>
      ['conv2d', 'residual'].includes(spec.kind) &&
      outputShape[1] >= smallestSide &&
      outputShape[2] >= smallestSide,
  );
  if (at < 0) return null;
  let to = at + 1;
  while (to < layers.length && joinsBefore(layers[to])) to++;
  const hasMore = layers.slice(to).some(({ spec }) => kindOf(spec).plan !== null);
  return hasMore ? { name: layers[at].name, to, shape: layers[at].outputShape } : null;
}

/**
 * `max(0, Σₖ αₖ·Aₖ)` with αₖ the mean of ∂logit/∂Aₖ, `[height · width]` of the layer's map a sample.
 *
 * @param x `[batch, channels, height, width]`.
 */
export function gradCam(
  network: Network,
  layer: CamLayer,
  x: Float32Array,
  classes: readonly number[],
): Float32Array[] {
  return finish(gradCamSteps(network, layer, x, classes));
}

/** The same, a kernel call a step. */
export function* gradCamSteps(
  network: Network,
  layer: CamLayer,
  x: Float32Array,
  classes: readonly number[],
): Steps<Float32Array[]> {
  const { front, rest } = partsOf(network, layer);
  const activation = forward(front, x);
  yield;
  const gradient = yield* inputGradientSteps(rest, activation, classes);
  return classes.map((_, n) => weightedSum(activation, gradient, n, layer.shape));
}

/** A network up to the layer that is explained, and what follows it. */
interface Parts {
  readonly to: number;
  readonly front: Network | null;
  readonly rest: Network;
}

// The plans of both parts are kept with them, for as long as the network itself.
const known = new WeakMap<Network, Parts>();

function partsOf(network: Network, { name, to }: CamLayer): Parts {
  const before = known.get(network);
  if (before?.to === to) return before;
  const rest = partOf(network, to, network.model.layers.length);
  if (rest === null) {
    throw new Error(`gradCam: expected layers after ${name}, got none; use the layer of camLayer`);
  }
  const parts = { to, front: partOf(network, 0, to), rest };
  known.set(network, parts);
  return parts;
}

/** The map of sample n. */
function weightedSum(
  activation: Float32Array,
  gradient: Float32Array,
  n: number,
  [channels, height, width]: readonly number[],
): Float32Array {
  const area = height * width;
  const sums = new Float64Array(area);
  for (let k = 0; k < channels; k++) {
    const first = (n * channels + k) * area;
    let weight = 0;
    for (let place = 0; place < area; place++) weight += gradient[first + place];
    weight /= area;
    for (let place = 0; place < area; place++) sums[place] += weight * activation[first + place];
  }
  return Float32Array.from(sums, (sum) => Math.max(0, sum));
}
