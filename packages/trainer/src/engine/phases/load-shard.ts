import { batchWeights, writeClassWeights, writeDraws, type ShardPlan } from '@convbook/layers/plan';
import { gather } from '../gather.ts';
import { createImageReader } from '../image-reader.ts';
import { batchPlanAt } from '../training-plan.ts';
import type { PhaseContext } from './phase-context.ts';

/** Brings a shard's samples of the running batch to where its calls read them. */
export function createShardLoader(context: PhaseContext): (shard: ShardPlan) => void {
  const { state, bases, bytes, position, running } = context;
  const { configuration, batchesPerEpoch } = state.plan;
  const words = new Uint32Array(state.memory.buffer);
  const readerOf = createImageReader(state);
  const writeWeights = createWeightWriter(context);
  return (shard) => {
    const first = running.batch * configuration.batchSize + shard.first;
    const sampleAt = (n: number) => state.order[first + n];
    const epoch = position.stepsBefore() / batchesPerEpoch + 1;
    gather(state.train.images, sampleAt, shard, bytes, bases, readerOf(epoch));
    writeWeights(shard);
    writeDraws(words, shard, bases, { seed: configuration.seed, epoch, sampleAt });
  };
}

/** Writes the class weights of the running batch, where classes are weighed. */
function createWeightWriter({ state, bases, running }: PhaseContext): (shard: ShardPlan) => void {
  const { plan, order, train } = state;
  const { classWeights } = plan.measured;
  if (classWeights === null) return () => undefined;
  const doubles = new Float64Array(state.memory.buffer);
  return (shard) => {
    const first = running.batch * plan.configuration.batchSize;
    const { batchSize } = batchPlanAt(plan, running.batch);
    const labelAt = (n: number) => train.images.labels[order[first + n]];
    writeClassWeights(doubles, shard, bases, batchWeights(classWeights, batchSize, labelAt));
  };
}
