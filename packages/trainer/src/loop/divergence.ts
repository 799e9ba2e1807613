// Where numbers stopped being finite: the batch once more, layer by layer with nothing fused and
// everything kept, on the calling thread.
import { elementCount } from '@convbook/core';
import { oneHot, type Draws } from '@convbook/core/reference';
import { loadKernelModule } from '@convbook/core/node';
import {
  branchesOf,
  kindOf,
  type LossSpec,
  type ResolvedLayer,
  type ResolvedModel,
} from '@convbook/layers';
import { lossKinds } from '@convbook/layers/kinds';
import { runModel } from '@convbook/layers/plan';

export interface Samples {
  /** `[samples, …model.input]`. */
  readonly x: Float32Array;
  readonly labels: readonly number[];
  readonly shardSize: number;
  readonly draws?: Draws;
}

/** Runs one layer of the model; with `dY`, whatever it is, as in training. */
type RunLayer = (
  layer: ResolvedLayer,
  x: Float32Array,
  dY?: Float32Array,
) => ReturnType<typeof runModel>;

/**
 * Where the first number is that is not finite, forward in order, then backward in reverse, such as
 * `in the output of conv1`; null where all are finite. Parameters by full name.
 */
export async function findDivergence(
  model: ResolvedModel,
  parameters: ReadonlyMap<string, Float32Array>,
  loss: LossSpec,
  samples: Samples,
): Promise<string | null> {
  const run = await createLayerRun(model, parameters, samples);
  const layers = model.layers.filter(computes);
  const { values, found } = searchForward(layers, run, samples);
  if (found !== null) return found;
  const dY = lossGradient(loss, values[layers.length], samples.labels);
  if (!isFinite(dY)) return 'in the gradient of the loss';
  return searchBackward(layers, run, values, dY);
}

/** Whether a layer has kernels of its own. */
function computes(layer: ResolvedLayer): boolean {
  return kindOf(layer.spec).plan !== null;
}

async function createLayerRun(
  model: ResolvedModel,
  parameters: ReadonlyMap<string, Float32Array>,
  { labels, shardSize, draws }: Samples,
): Promise<RunLayer> {
  const module = await loadKernelModule('plain');
  return (layer, x, dY) =>
    runModel({
      module,
      parameters,
      batchSize: labels.length,
      shardSize,
      x,
      ...(draws && { draws }),
      model: { ...model, ...oneLayer(layer) },
      ...(dY && { dY }),
    });
}

/** The input of each layer and the output of the last, up to where one is not finite. */
function searchForward(
  layers: readonly ResolvedLayer[],
  run: RunLayer,
  { x, labels, draws }: Omit<Samples, 'shardSize'>,
): { values: Float32Array[]; found: string | null } {
  const values = [x];
  for (const layer of layers) {
    // Only layers in training read random numbers.
    const anyGradient = draws && new Float32Array(labels.length * elementCount(layer.outputShape));
    const { y } = run(layer, values[values.length - 1], anyGradient);
    if (!isFinite(y)) {
      const inside = branchesOf(layer)?.body.filter(computes) ?? [];
      const x = values[values.length - 1];
      const { found } = searchForward(inside, run, { x, labels, ...(draws && { draws }) });
      return { values, found: found ?? `in the output of ${layer.name}` };
    }
    values.push(y);
  }
  return { values, found: null };
}

function lossGradient(
  loss: LossSpec,
  output: Float32Array,
  labels: readonly number[],
): Float32Array {
  const targets = oneHot(labels, output.length / labels.length);
  const { dX } = lossKinds[loss.name].reference(
    loss,
    { shape: targets.shape, data: output },
    targets,
  );
  return Float32Array.from(dX);
}

function searchBackward(
  layers: readonly ResolvedLayer[],
  run: RunLayer,
  inputs: readonly Float32Array[],
  lastGradient: Float32Array,
): string | null {
  let dY = lastGradient;
  for (const [i, layer] of [...layers.entries()].reverse()) {
    const { dX, gradients } = run(layer, inputs[i], dY);
    for (const [name, gradient] of gradients) {
      if (!isFinite(gradient)) return `in the gradient of ${name}`;
    }
    if (i > 0 && !isFinite(dX)) return `in the gradient of the input of ${layer.name}`;
    dY = dX;
  }
  return null;
}

function oneLayer(layer: ResolvedLayer) {
  const { inputShape: input, outputShape: output, parameters } = layer;
  return { input, output, layers: [layer], parameters };
}

/** Whether all are finite numbers. */
export function isFinite(values: ArrayLike<number>): boolean {
  return Array.prototype.every.call(values, Number.isFinite);
}
