// What a network makes of one digit, and how its numbers are spread.
import { initializeParameters, resolveModel } from '@convbook/layers';
import { forward, partOf, softmax, toInput, type Network } from '@convbook/runtime/network';
import type { Compute } from '../../figure/compute.ts';
import { countBins } from '../../figure/count-bins.ts';
import type { Values } from './hash.ts';
import { netOf, type Settings } from './settings.ts';
import { emptyCourse, type Snapshot } from './state.ts';

/** A network before its first step, as its seed draws it. */
export function untrained(settings: Settings): Snapshot {
  const model = resolveModel(netOf(settings));
  const drawn = initializeParameters(model, settings.seed);
  return {
    settings,
    step: 0,
    course: emptyCourse,
    parameters: new Map(
      model.parameters.map(({ name, shape }) => {
        const data = drawn.get(name) ?? new Float32Array();
        return [name, { shape, data }];
      }),
    ),
    gradients: new Map(),
    hashes: new Map(),
    speed: null,
    before: null,
    diverged: null,
  };
}

interface Look {
  /** Activation maps of the convolution, `[filters, side, side]`. */
  readonly maps: Float32Array;
  readonly side: number;
  /** Probability of each class. */
  readonly probabilities: readonly number[];
}

/** @param pixels Bytes `[28, 28]`. */
export function lookAt(
  compute: Compute,
  { settings, parameters }: Snapshot,
  pixels: Uint8Array,
): Look {
  const model = resolveModel(netOf(settings));
  const values = [...parameters].map(([name, { data }]) => [name, data] as const);
  const network: Network = { module: compute.module, model, parameters: new Map(values) };
  // The convolution with its activation, then the rest.
  const maps = forward(partOf(network, 0, 2), toInput([pixels]));
  const logits = forward(partOf(network, 2, model.layers.length), maps);
  const [, side] = model.layers[1].outputShape;
  return { maps, side, probabilities: Array.from(softmax(logits)) };
}

/** Values that a histogram looks at, at most: spread evenly over all. */
const mostCounted = 20_000;

/** Values counted in equal parts of an axis, `[middle, share]` each. */
export function histogram(
  values: Float32Array,
  ends: readonly [number, number],
  valueOf: (value: number) => number = (value) => value,
  bins = 41,
): (readonly [number, number])[] {
  const stride = Math.ceil(values.length / mostCounted);
  const counted = Array.from({ length: Math.ceil(values.length / stride) }, (_, k) =>
    valueOf(values[k * stride]),
  );
  const width = (ends[1] - ends[0]) / bins;
  return countBins(counted, ends, bins).map((count, bin) => [
    ends[0] + (bin + 0.5) * width,
    count / counted.length,
  ]);
}

/** The weights of each layer in the model's order, or their gradients. */
export function weightsOf(values: ReadonlyMap<string, Values>): [string, Float32Array][] {
  return ['conv1', 'dense1', 'dense2'].flatMap((name) => {
    const found = values.get(`${name}.weight`);
    return found ? [[name, found.data]] : [];
  });
}
