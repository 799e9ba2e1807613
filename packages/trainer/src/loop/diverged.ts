// The errors that end a run whose numbers are no longer finite.
import { DivergedError, imageToNumbers } from '@convbook/core';
import { sampleBytes, sampleReader } from '@convbook/data/images';
import { fileSize } from '@convbook/run/writing';
import type { Halt } from '../engine/control/position.ts';
import { setNamed, type EvaluatedName } from '../engine/evaluated-sets.ts';
import { createImageReader, type ReadImage } from '../engine/image-reader.ts';
import { readGradients } from '../engine/parameters.ts';
import type { SharedState } from '../engine/shared-state.ts';
import type { Images } from '../engine/subset.ts';
import { batchPlanAt, type TrainingPlan } from '../engine/training-plan.ts';
import { checkpointFile } from '../run/checkpoint.ts';
import type { Cursor } from '../run/cursor.ts';
import { readParameters } from '../run/parameters.ts';
import { findDivergence, isFinite, type Samples } from './divergence.ts';
import type { RunContext } from './run-context.ts';

/** The error for the step after `cursor`, whose loss, learning rate or gradient was not finite. */
export async function divergedStep(
  { directory, state }: RunContext,
  cursor: Cursor,
  halt: Exclude<Halt, 'paused'>,
): Promise<DivergedError> {
  const { loss, schedule } = state.plan.configuration;
  const failed = { ...cursor, step: cursor.step + 1 };
  if (halt === 'learning rate not finite') {
    return diverged(directory, failed, 'learning rate', `in the schedule ${schedule.name}`);
  }
  const { model } = state.plan;
  const samples = samplesOf(state, cursor);
  const found = await findDivergence(model, parametersOf(state), loss, samples);
  if (halt === 'loss not finite') return diverged(directory, failed, 'loss', found);
  return found === null
    ? divergedSum(directory, failed, state)
    : diverged(directory, failed, 'gradient', found);
}

/** The samples of the step after `cursor`, as training reads them. */
function samplesOf(state: SharedState, { batch, epoch }: Cursor): Samples {
  const { plan, order, train } = state;
  const { batchSize, shardSize, seed } = plan.configuration;
  const first = batch * batchSize;
  const chosen = order.subarray(first, first + batchPlanAt(plan, batch).batchSize);
  const read = createImageReader(state)(epoch);
  return {
    ...pick(train.images, chosen, plan.scaling, read ?? undefined),
    shardSize,
    draws: { seed, epoch, indexes: chosen },
  };
}

/** The error for a gradient that penalties made infinite, or its sum over the shards. */
function divergedSum(directory: string, cursor: Cursor, state: SharedState): DivergedError {
  const gradients = readGradients(state);
  const isBad = ({ name }: { name: string }) => !isFinite(gradients.get(name)?.data ?? []);
  const bad = [...state.plan.model.parameters].reverse().find(isBad);
  const { l1Penalty, l2Penalty } = state.plan.configuration;
  const began = bad ? `in the gradient of ${bad.name}` : null;
  if (l1Penalty + l2Penalty === 0) return diverged(directory, cursor, 'gradient', began);
  const remedy = 'lower l1Penalty or l2Penalty';
  return diverged(directory, cursor, 'gradient', began && `${began} with its penalty`, remedy);
}

/** The error for an evaluation whose shard `item` of a set has a loss that is not finite. */
export async function divergedEvaluation(
  { directory, state }: RunContext,
  cursor: Cursor,
  set: EvaluatedName,
  item: number,
): Promise<DivergedError> {
  const { images, indexes } = setNamed(state.evaluated, set);
  const { evaluationShardSize: size, loss } = state.plan.configuration;
  const chosen = indexes.subarray(item * size, (item + 1) * size);
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
  const [, state, parameter] = /^(state\d+\.)?(.*)$/.exec(name) ?? [];
  const began = state ? `in what the optimizer keeps of ${parameter}` : `in ${parameter}`;
  return diverged(directory, cursor, 'update', began);
}

function diverged(
  directory: string,
  { step, epoch }: Cursor,
  what: string,
  began: string | null,
  remedy = 'lower the learning rate',
): DivergedError {
  const where = began ? `it began ${began}` : 'each layer by itself stays finite';
  const kept = fileSize(checkpointFile(directory, 'last')) !== null;
  return new DivergedError(
    `step ${step}, epoch ${epoch}: the ${what} is no longer finite; ${where}; ` +
      `${kept ? 'the last checkpoint is kept' : 'there is no checkpoint yet'}; ${remedy}`,
  );
}

function parametersOf(state: SharedState): Map<string, Float32Array> {
  return new Map(
    [...readParameters(state)].map(([name, { data }]) => [name, Float32Array.from(data)]),
  );
}

// Numbers as the kernels read them.
function pick(
  set: Images,
  chosen: ArrayLike<number>,
  scaling: TrainingPlan['scaling'],
  readVaried?: ReadImage,
) {
  const read = sampleReader(set);
  const size = sampleBytes(set);
  const x = new Float32Array(chosen.length * size);
  for (let n = 0; n < chosen.length; n++) {
    const image = readVaried ? readVaried(set.images, chosen[n]) : read(chosen[n]);
    x.set(imageToNumbers(image, scaling), n * size);
  }
  return { x, labels: Array.from(chosen, (sample) => set.labels[sample]) };
}
