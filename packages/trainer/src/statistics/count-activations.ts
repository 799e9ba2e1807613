// The outputs of the layers for a few images of the test set, computed beside an evaluation, on the main
// thread, in pieces.
import { elementCount, imageToNumbers } from '@convbook/core';
import { sampleReader } from '@convbook/data/images';
import { createObserver, type ObservedLayer, type Observer } from '@convbook/layers/predict';
import type { LayerActivations } from '@convbook/run';
import { countValues, emptyHistogram } from '@convbook/run/writing';
import { createGiveWay } from '../engine/give-way.ts';
import { readParameters } from '../engine/parameters.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { predictionKernels } from './prediction-kernels.ts';
import { watchedImages } from './watched-images.ts';

/** Null for a layer with a value that is not finite. */
export type Activations = ReadonlyMap<string, LayerActivations | null>;

/** The values of convolutions, dense layers and blocks, by the layer's name; none where the model is too large. */
export async function countActivations(
  state: SharedState,
): Promise<{ readonly images: number; readonly layers: Activations }> {
  const { indexes, together } = watchedImages(state);
  if (indexes.length === 0) return { images: 0, layers: new Map() };
  const giveWay = createGiveWay();
  const observer = await planObserver(state, together);
  const counters = observer.layers.map(createCounter);
  const values = observer.layers.map(({ shape }) => new Float32Array(elementCount(shape)));
  const read = createReader(state);
  for (let first = 0; first < indexes.length; first += together) {
    await giveWay();
    const some = indexes.slice(first, first + together);
    observer.run(read(some));
    for (let sample = 0; sample < some.length; sample++) {
      await giveWay();
      counters.forEach((counter, layer) => {
        observer.read(layer, sample, values[layer]);
        counter.add(values[layer]);
      });
    }
  }
  const layers = observer.layers.map(({ name }, k) => [name, counters[k].result()] as const);
  return { images: indexes.length, layers: new Map(layers) };
}

async function planObserver(state: SharedState, samples: number): Promise<Observer> {
  const parameters = [...readParameters(state)].map(
    ([name, { data }]) => [name, data as Float32Array] as const,
  );
  const { model } = state.plan;
  const module = await predictionKernels();
  return createObserver({ module, model, parameters: new Map(parameters), samples });
}

/** Reads images as a model takes them, `[batch, …input]`. */
function createReader({ plan, evaluated }: SharedState) {
  const { images, indexes } = evaluated.test;
  const read = sampleReader(images);
  const size = elementCount(plan.model.input);
  return (places: readonly number[]): Float32Array => {
    const x = new Float32Array(places.length * size);
    places.forEach((place, n) => {
      x.set(imageToNumbers(read(indexes[place]), plan.scaling), n * size);
    });
    return x;
  };
}

/** Counts the values of a layer, a sample at a time. */
function createCounter({ shape: [units, ...places] }: ObservedLayer) {
  const area = elementCount(places);
  const lowest = new Float32Array(units).fill(Infinity);
  const highest = new Float32Array(units).fill(-Infinity);
  let histogram = emptyHistogram();
  return {
    add(values: Float32Array): void {
      let largest = 0;
      for (let unit = 0; unit < units; unit++) {
        let [low, high] = [values[unit * area], values[unit * area]];
        for (let at = unit * area; at < (unit + 1) * area; at++) {
          if (values[at] < low) low = values[at];
          else if (values[at] > high) high = values[at];
        }
        lowest[unit] = Math.min(lowest[unit], low);
        highest[unit] = Math.max(highest[unit], high);
        largest = Math.max(largest, -low, high);
      }
      histogram = countValues(histogram, values, largest);
    },
    result(): LayerActivations | null {
      const isFinite = [lowest, highest].every((ends) => ends.every(Number.isFinite));
      return isFinite ? { histogram, lowest, highest } : null;
    },
  };
}
