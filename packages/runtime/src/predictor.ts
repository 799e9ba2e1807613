// The trained model inside the page: the same plan and the same kernels as in training and prediction.
import { resolveModel, runModel, type ModelSpec, type ResolvedLayer } from '@convbook/layers';
import { elementCount } from '@convbook/core';

export interface LiveModel {
  readonly layers: readonly ResolvedLayer[];
  /** Weights and biases of a layer, by short name. */
  parametersOf(layer: ResolvedLayer): Readonly<Record<string, Float32Array>>;
  /** What each layer makes of an image, `[channels, height, width]` bytes, and the logits at the end. */
  run(bytes: ArrayLike<number>): LiveAnswer;
}

export interface LiveAnswer {
  /** The model's input, then the output of each layer. */
  readonly values: readonly Float32Array[];
  /** As prediction computes them, the whole model at once. */
  readonly logits: Float32Array;
}

export function createLiveModel(
  module: WebAssembly.Module,
  spec: ModelSpec,
  parameters: ReadonlyMap<string, Float32Array>,
): LiveModel {
  const model = resolveModel(spec);
  const parametersOf = (layer: ResolvedLayer) =>
    Object.fromEntries(
      layer.parameters.map(({ name, shortName }) => [
        shortName,
        parameters.get(name) ?? new Float32Array(),
      ]),
    );
  const single = model.layers.map((layer) => toSingle(layer, parametersOf(layer)));
  return {
    layers: model.layers,
    parametersOf,
    run(bytes) {
      const x = Float32Array.from(bytes, (byte) => byte / 255);
      const values: Float32Array[] = [x];
      for (const layer of single) {
        const input = values[values.length - 1];
        values.push(
          layer === null ? input : runModel({ module, ...layer, x: input, batchSize: 1 }).y,
        );
      }
      const { y: logits } = runModel({ module, model, parameters, x, batchSize: 1 });
      return { values, logits };
    },
  };
}

/** A layer as a model of its own; null where it only renames places. */
function toSingle(layer: ResolvedLayer, own: Readonly<Record<string, Float32Array>>) {
  if (layer.spec.kind === 'flatten') return null;
  const model = resolveModel({ input: layer.inputShape, layers: [layer.spec] });
  const parameters = new Map(
    model.parameters.map(({ name, shortName }) => [name, own[shortName]] as const),
  );
  return { model, parameters };
}

/** Parameters from their bytes one after another, in the model's order. */
export function splitParameters(
  spec: ModelSpec,
  bytes: ArrayBuffer,
): ReadonlyMap<string, Float32Array> {
  let offset = 0;
  return new Map(
    resolveModel(spec).parameters.map(({ name, shape }) => {
      const values = new Float32Array(bytes, offset, elementCount(shape));
      offset += values.byteLength;
      return [name, values];
    }),
  );
}
