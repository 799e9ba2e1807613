// Where numbers stopped being finite: the batch once more, layer by layer with nothing fused and
// everything kept, on the calling thread.
import { existsSync } from 'node:fs';
import { DivergedError, elementCount, type Draws } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import type { ImageSet } from '@convbook/data';
import {
  kindOf,
  lossKinds,
  runModel,
  type LossSpec,
  type ResolvedLayer,
  type ResolvedModel,
} from '@convbook/layers';
import type { RunContext } from './epochs.ts';
import { Halt } from '../engine/control.ts';
import { createImageReader, type ReadImage } from '../engine/image-reader.ts';
import { batchPlanAt } from '../engine/training-plan.ts';
import { checkpointFile, type Cursor } from '../run/checkpoint.ts';
import { readParameters } from '../run/parameters.ts';

export interface Samples {
  /** `[samples, …model.input]`. */
  readonly x: Float32Array;
  readonly labels: readonly number[];
  readonly shardSize: number;
  readonly draws?: Draws;
}

/** The error for the step after `cursor`, whose loss or gradient was not finite. */
export async function divergedStep(
  { directory, state }: RunContext,
  cursor: Cursor,
  halt: typeof Halt.lossNotFinite | typeof Halt.gradientNotFinite,
): Promise<DivergedError> {
  const { plan, order, train } = state;
  const { batchSize, shardSize, seed, loss } = plan.configuration;
  const first = cursor.batch * batchSize;
  const chosen = order.subarray(first, first + batchPlanAt(plan, cursor.batch).batchSize);
  const draws = { seed, epoch: cursor.epoch, indexes: chosen };
  const read = createImageReader(state)(cursor.epoch);
  const samples = { ...pick(train, chosen, read), shardSize, draws };
  const what = halt === Halt.lossNotFinite ? 'loss' : 'gradient';
  const began = await findDivergence(plan.model, parametersOf(state), loss, samples);
  return diverged(directory, { ...cursor, step: cursor.step + 1 }, what, began);
}

/** The error for an evaluation whose shard `item` of set `set` has a loss that is not finite. */
export async function divergedEvaluation(
  { directory, state }: RunContext,
  cursor: Cursor,
  set: number,
  item: number,
): Promise<DivergedError> {
  const { images } = state.evaluated[set];
  const { evaluationShardSize: size, loss } = state.plan.configuration;
  const count = Math.min(size, images.count - item * size);
  const chosen = Array.from({ length: count }, (_, n) => item * size + n);
  const samples = { ...pick(images, chosen), shardSize: size };
  const began = await findDivergence(state.plan.model, parametersOf(state), loss, samples);
  return diverged(directory, cursor, set === 0 ? 'test loss' : 'validation loss', began);
}

/** The error for a step that left numbers in a parameter or the optimizer that are not finite. */
export function divergedUpdate(
  { directory }: RunContext,
  cursor: Cursor,
  name: string,
): DivergedError {
  return diverged(directory, cursor, 'update', `in ${name}`);
}

/**
 * Where the first number is that is not finite, forward in order, then backward in reverse, such as
 * `in the output of conv1`; null where all are finite. Parameters by full name.
 */
export async function findDivergence(
  model: ResolvedModel,
  parameters: ReadonlyMap<string, Float32Array>,
  loss: LossSpec,
  { x, labels, shardSize, draws }: Samples,
): Promise<string | null> {
  const module = await loadKernelModule('plain');
  const batchSize = labels.length;
  const run = (layer: ResolvedLayer, input: Float32Array, dY?: Float32Array) =>
    runModel({
      ...{ module, parameters, batchSize, shardSize, x: input },
      ...(draws && { draws }),
      model: { ...model, ...oneLayer(layer) },
      ...(dY && { dY }),
    });
  const moves = (layer: ResolvedLayer) => kindOf(layer.spec).plan !== null;
  const layers = model.layers.filter(moves);
  const inputs = [x];
  for (const layer of layers) {
    // With a gradient, whatever it is, the layer runs as in training.
    const noGradient = draws && new Float32Array(batchSize * elementCount(layer.outputShape));
    const { y } = run(layer, inputs[inputs.length - 1], noGradient);
    if (!isFinite(y)) return `in the output of ${layer.name}`;
    inputs.push(y);
  }
  const shape = [batchSize, elementCount(model.output)];
  const targets = { shape, data: oneHot(labels, shape[1]) };
  const { dX } = lossKinds[loss.name].reference(
    loss,
    { shape, data: inputs[layers.length] },
    targets,
  );
  let dY: Float32Array = Float32Array.from(dX);
  if (!isFinite(dY)) return 'in the gradient of the loss';
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

function oneHot(labels: readonly number[], classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  labels.forEach((label, n) => (targets[n * classes + label] = 1));
  return targets;
}

function isFinite(values: Float32Array): boolean {
  return values.every(Number.isFinite);
}

function diverged(
  directory: string,
  { step, epoch }: Cursor,
  what: string,
  began: string | null,
): DivergedError {
  const where = began ? `it began ${began}` : 'each layer by itself stays finite';
  const kept = existsSync(checkpointFile(directory, 'last'));
  return new DivergedError(
    `step ${step}, epoch ${epoch}: the ${what} is no longer finite; ${where}; ` +
      `${kept ? 'the last checkpoint is kept' : 'there is no checkpoint yet'}; lower the learning rate`,
  );
}

function parametersOf(state: RunContext['state']): Map<string, Float32Array> {
  return new Map(
    [...readParameters(state)].map(([name, { data }]) => [name, Float32Array.from(data)]),
  );
}

// byte / 255, as the kernels read them.
function pick(
  { images, labels, count }: ImageSet,
  chosen: ArrayLike<number>,
  read: ReadImage | null = null,
) {
  const size = images.length / count;
  const x = new Float32Array(chosen.length * size);
  for (let n = 0; n < chosen.length; n++) {
    const image = read ? read(images, chosen[n]) : images;
    const from = read ? 0 : chosen[n] * size;
    for (let p = 0; p < size; p++) x[n * size + p] = image[from + p] / 255;
  }
  return { x, labels: Array.from(chosen, (sample) => labels[sample]) };
}
