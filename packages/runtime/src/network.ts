// A model with its parameters, and parts of it, as evaluation computes them.
import {
  kindOf,
  resolveModel,
  runModel,
  type ResolvedLayer,
  type ResolvedModel,
} from '@convbook/layers';
import { elementCount } from '@convbook/core';

export interface Network {
  /** The plain build of the kernels. */
  readonly module: WebAssembly.Module;
  readonly model: ResolvedModel;
  /** Values of every parameter by full name. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
}

/** Samples computed together: enough for whole vectors, few enough to stay in the cache. */
const samplesTogether = 32;

/**
 * The network without what only training does, so that gradients are those of its answers: no dropout,
 * and batch normalization by its running statistics.
 */
export function forAnswers({ module, model, parameters }: Network): Network {
  const layers = model.layers
    .map(({ spec }) => (spec.kind === 'batchNorm' ? { ...spec, frozen: true } : spec))
    .filter(({ kind }) => kind !== 'dropout');
  const spec = { name: model.name, input: model.input, layers };
  return { module, model: resolveModel(spec), parameters };
}

/** Layers `from` up to `to` as a network of their own; null where they only rename places. */
export function partOf(
  { module, model, parameters }: Network,
  from: number,
  to: number,
): Network | null {
  const layers = model.layers.slice(from, to);
  if (!layers.some(({ spec }) => kindOf(spec).plan !== null)) return null;
  const part = resolveModel({
    input: layers[0].inputShape,
    layers: layers.map(({ spec }) => spec),
  });
  const names = layers.flatMap((layer) => layer.parameters.map(({ name }) => name));
  const values = part.parameters.map(({ name }, k) => {
    const value = parameters.get(names[k]) ?? new Float32Array();
    return [name, value] as const;
  });
  return { module, model: part, parameters: new Map(values) };
}

/** What a network makes of a batch, `[batch, …output]`; of null the batch itself. */
export function forward(network: Network | null, x: Float32Array): Float32Array {
  if (network === null) return x;
  const batchSize = x.length / elementCount(network.model.input);
  return runModel({ ...network, x, batchSize, shardSize: samplesTogether }).y;
}

/** Gradient of output `classes[n]` of sample n with respect to the input, `[batch, …input]`. */
export function inputGradient(
  network: Network,
  x: Float32Array,
  classes: readonly number[],
): Float32Array {
  const outputs = elementCount(network.model.output);
  const dY = new Float32Array(classes.length * outputs);
  classes.forEach((k, n) => (dY[n * outputs + k] = 1));
  const batchSize = classes.length;
  return runModel({ ...network, x, batchSize, shardSize: samplesTogether, dY }).dX;
}

/** Images, bytes each, as the model takes them: `[batch, …input]`. */
export function toInput(images: readonly Uint8Array[]): Float32Array {
  const size = images[0]?.length ?? 0;
  const x = new Float32Array(images.length * size);
  images.forEach((bytes, n) => bytes.forEach((byte, k) => (x[n * size + k] = byte / 255)));
  return x;
}

/** A layer with the normalization and activation right behind it. */
export interface LayerRow {
  readonly layer: ResolvedLayer;
  /** `conv1 + relu1`. */
  readonly name: string;
  /** The layers `from` up to `to` of the model. */
  readonly from: number;
  readonly to: number;
}

/** Whether a layer goes with the one before it. */
export function joinsBefore({ spec }: ResolvedLayer): boolean {
  return spec.kind === 'batchNorm' || kindOf(spec).isActivation;
}

/** The model's layers, each with what joins it, without those that only rename places. */
export function layerRows({ layers }: ResolvedModel): LayerRow[] {
  const rows: LayerRow[] = [];
  layers.forEach((layer, index) => {
    const before = rows.at(-1);
    if (kindOf(layer.spec).plan === null) return;
    const to = index + 1;
    const isDone = index > 0 && kindOf(layers[index - 1].spec).isActivation;
    if (joinsBefore(layer) && !isDone && before?.to === index) {
      rows[rows.length - 1] = { ...before, name: `${before.name} + ${layer.name}`, to };
    } else rows.push({ layer, name: layer.name, from: index, to });
  });
  return rows;
}
