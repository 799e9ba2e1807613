// The errors that end a run whose numbers are no longer finite.
import { existsSync } from 'node:fs';
import { DivergedError, imageToNumbers } from '@convbook/core';
import type { Halt } from '../engine/control/position.ts';
import { setNamed, type EvaluatedName } from '../engine/evaluated-sets.ts';
import { createImageReader, type ReadImage } from '../engine/image-reader.ts';
import type { Images } from '../engine/shared-state.ts';
import { batchPlanAt, type TrainingPlan } from '../engine/training-plan.ts';
import { checkpointFile } from '../run/checkpoint.ts';
import type { Cursor } from '../run/cursor.ts';
import { readParameters } from '../run/parameters.ts';
import { findDivergence } from './divergence.ts';
import type { RunContext } from './run-context.ts';

/** The error for the step after `cursor`, whose loss or gradient was not finite. */
export async function divergedStep(
  { directory, state }: RunContext,
  cursor: Cursor,
  halt: Exclude<Halt, 'paused'>,
): Promise<DivergedError> {
  const { plan, order, train } = state;
  const { batchSize, shardSize, seed, loss } = plan.configuration;
  const first = cursor.batch * batchSize;
  const chosen = order.subarray(first, first + batchPlanAt(plan, cursor.batch).batchSize);
  const draws = { seed, epoch: cursor.epoch, indexes: chosen };
  const read = createImageReader(state)(cursor.epoch);
  const samples = { ...pick(train, chosen, plan.scaling, read), shardSize, draws };
  const what = halt === 'loss not finite' ? 'loss' : 'gradient';
  const began = await findDivergence(plan.model, parametersOf(state), loss, samples);
  return diverged(directory, { ...cursor, step: cursor.step + 1 }, what, began);
}

/** The error for an evaluation whose shard `item` of a set has a loss that is not finite. */
export async function divergedEvaluation(
  { directory, state }: RunContext,
  cursor: Cursor,
  set: EvaluatedName,
  item: number,
): Promise<DivergedError> {
  const { images } = setNamed(state.evaluated, set);
  const { evaluationShardSize: size, loss } = state.plan.configuration;
  const count = Math.min(size, images.count - item * size);
  const chosen = Array.from({ length: count }, (_, n) => item * size + n);
  const samples = { ...pick(images, chosen, state.plan.scaling), shardSize: size };
  const began = await findDivergence(state.plan.model, parametersOf(state), loss, samples);
  return diverged(directory, cursor, `${set} loss`, began);
}

/** The error for a step that left numbers in a parameter or the optimizer that are not finite. */
export function divergedUpdate(
  { directory }: RunContext,
  cursor: Cursor,
  name: string,
): DivergedError {
  return diverged(directory, cursor, 'update', `in ${name}`);
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

// Numbers as the kernels read them.
function pick(
  { images, labels, count }: Images,
  chosen: ArrayLike<number>,
  scaling: TrainingPlan['scaling'],
  read: ReadImage | null = null,
) {
  const size = images.length / count;
  const x = new Float32Array(chosen.length * size);
  for (let n = 0; n < chosen.length; n++) {
    const image = read ? read(images, chosen[n]) : images;
    const from = read ? 0 : chosen[n] * size;
    x.set(imageToNumbers(image.subarray(from, from + size), scaling), n * size);
  }
  return { x, labels: Array.from(chosen, (sample) => labels[sample]) };
}
