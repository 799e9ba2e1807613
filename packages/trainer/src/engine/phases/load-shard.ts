import { writeDraws, type ShardPlan } from '@convbook/layers/plan';
import { gather } from '../gather.ts';
import { createImageReader } from '../image-reader.ts';
import type { PhaseContext } from './phase-context.ts';

/** Brings a shard's samples of the running batch to where its calls read them. */
export function createShardLoader(context: PhaseContext): (shard: ShardPlan) => void {
  const { state, bases, bytes, position, running } = context;
  const { configuration, batchesPerEpoch } = state.plan;
  const words = new Uint32Array(state.memory.buffer);
  const readerOf = createImageReader(state);
  return (shard) => {
    const first = running.batch * configuration.batchSize + shard.first;
    const sampleAt = (n: number) => state.order[first + n];
    const epoch = position.stepsBefore() / batchesPerEpoch + 1;
    gather(state.train.images, sampleAt, shard, bytes, bases, readerOf(epoch));
    writeDraws(words, shard, bases, { seed: configuration.seed, epoch, sampleAt });
  };
}
