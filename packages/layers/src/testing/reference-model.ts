// A whole model through the references of its layers: what runModel is tested against.
import { elementCount, type FloatArray, type Tensor } from '@convbook/core';
import { oneHot } from '@convbook/core/reference';
import type { LayerParameters } from '../calls/layer-kind.ts';
import { defaultLoss, lossKinds } from '../losses/registry.ts';
import { referenceOf } from '../reference-registry.ts';
import { weightsOf, type RunModelInput } from '../run-model.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';

/** The outputs and gradients of a batch by the plain loops, in float64. */
export interface ReferenceOutput {
  readonly y: FloatArray;
  /** Mean over the batch, where there are labels. */
  readonly loss: number;
  readonly correct: number;
  readonly dX: FloatArray;
  /** Gradients of the mean loss, or of `Σ y·dY`, by full name. */
  readonly gradients: ReadonlyMap<string, FloatArray>;
  /** Buffers as the batch left them, by full name. */
  readonly buffers: ReadonlyMap<string, FloatArray>;
}

/** The same batch as runModel's, in float64. */
export function runReference(input: Omit<RunModelInput, 'module'>): ReferenceOutput {
  const { model, batchSize } = input;
  const indexes = Array.from({ length: batchSize }, (_, n) => n);
  const isTraining = (input.labels ?? input.targets ?? input.dY) !== undefined;
  const draws = isTraining ? (input.draws ?? { seed: 0, epoch: 0, indexes }) : undefined;
  let y: Tensor = tensor([batchSize, ...model.input], input.x);
  const values = [y];
  for (const layer of model.layers) {
    const parameters = parametersOf(layer, input.parameters);
    y = referenceOf(layer.spec).forward(y, parameters, layer, draws);
    values.push(y);
  }
  const { loss, correct, dY, divisor } = lossOf(input, y);
  let gradient: FloatArray = dY;
  const gradients = new Map<string, FloatArray>();
  const buffers = new Map<string, FloatArray>();
  model.layers.toReversed().forEach((layer, back) => {
    const at = model.layers.length - 1 - back;
    const outputGradient = { shape: values[at + 1].shape, data: gradient };
    const { dX, parameters } = referenceOf(layer.spec).backward(
      values[at],
      values[at + 1],
      outputGradient,
      parametersOf(layer, input.parameters),
      layer,
      draws,
    );
    gradient = dX;
    for (const [name, values] of Object.entries(parameters)) {
      gradients.set(
        `${layer.name}.${name}`,
        values.map((value) => value / divisor),
      );
    }
    const updated = referenceOf(layer.spec).updateBuffers?.(
      values[at],
      parametersOf(layer, input.parameters),
      layer,
      draws,
    );
    for (const [name, values] of Object.entries(updated ?? {})) {
      buffers.set(`${layer.name}.${name}`, values);
    }
  });
  return { y: y.data, loss: loss / batchSize, correct, dX: gradient, gradients, buffers };
}

/** A layer's parameters in float64, by short name. */
export function parametersOf(
  layer: ResolvedLayer,
  values: ReadonlyMap<string, Float32Array>,
): LayerParameters {
  return Object.fromEntries(
    layer.parameters.map(({ name, shortName, shape }) => [
      shortName,
      tensor(shape, values.get(name) ?? new Float32Array(elementCount(shape))),
    ]),
  );
}

function lossOf(input: Omit<RunModelInput, 'module'>, y: Tensor) {
  const { model, batchSize, labels, targets, dY, loss: spec = defaultLoss.spec } = input;
  if (labels ?? targets) {
    const logits = { shape: [batchSize, elementCount(model.output)], data: y.data };
    const wanted = targets ? tensor(logits.shape, targets) : oneHot(labels ?? [], logits.shape[1]);
    const { loss, correct, dX } = lossKinds[spec.name].reference(
      spec,
      logits,
      wanted,
      weightsOf(input),
    );
    return { loss, correct, dY: dX, divisor: batchSize };
  }
  return { loss: 0, correct: 0, dY: Float64Array.from(dY ?? []), divisor: 1 };
}

function tensor(shape: readonly number[], values: Float32Array): Tensor<Float64Array> {
  return { shape, data: Float64Array.from(values) };
}
