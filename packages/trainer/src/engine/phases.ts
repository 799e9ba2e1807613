// A training step as three phases, and an evaluation as one. Items may run on any worker in any
// order; `end` runs once, on the worker that ends the phase, before anyone starts the next.
import { createKernels } from '@convbook/core';
import {
  addressOf,
  basesOf,
  linkCalls,
  runCalls,
  type BatchPlan,
  type LinkedCall,
  type ShardPlan,
} from '@convbook/layers';
import { optimizerKinds } from '../optimizer.ts';
import { learningRateAt } from '../schedule.ts';
import { BATCHES_DONE, HALT, Halt, PAUSE, STEPS_BEFORE, type PhaseName } from './control.ts';
import { writeDraws } from './draws.ts';
import { gather } from './gather.ts';
import { createImageReader } from './image-reader.ts';
import { createClock } from './profile.ts';
import { batchNumbers, type SharedState } from './shared-state.ts';
import { batchPlanAt } from './training-plan.ts';
import { treeSum } from './tree-sum.ts';

export interface Phase {
  readonly name: PhaseName;
  readonly items: number;
  run(item: number): void;
  end(): void;
}

export interface Phases {
  step(batch: number): readonly Phase[];
  evaluation(set: number): Phase;
}

interface LinkedShard {
  readonly plan: ShardPlan;
  readonly calls: readonly LinkedCall[];
}

interface LinkedBatch {
  readonly plan: BatchPlan;
  readonly shards: readonly LinkedShard[];
  readonly gradientItems: readonly (readonly LinkedCall[])[];
}

/** The phases as worker `worker` runs them, with its own arena. Links the plan once. */
export function createPhases(state: SharedState, worker: number): Phases {
  const { plan, memory, control, statistics } = state;
  const { configuration, map } = plan;
  const kernels = createKernels(state.module, memory);
  const bases = basesOf(map, worker);
  const view = new DataView(memory.buffer);
  const bytes = new Uint8Array(memory.buffer);
  const words = new Uint32Array(memory.buffer);
  const optimizer = optimizerKinds[configuration.optimizer.name];
  const clock = createClock(state.profile, worker);
  const readerOf = createImageReader(state);

  const linkShard = (shard: ShardPlan, isTraining: boolean): LinkedShard => ({
    plan: shard,
    calls: linkCalls(
      [shard.load, ...shard.forward, shard.loss, ...(isTraining ? shard.backward : [])],
      ...([kernels, bases, clock.aroundKernel] as const),
    ),
  });
  const linkBatch = (batch: BatchPlan): LinkedBatch => ({
    plan: batch,
    shards: batch.shards.map((shard) => linkShard(shard, true)),
    gradientItems: batch.gradientItems.map(({ calls }) =>
      linkCalls(calls, kernels, bases, clock.aroundKernel),
    ),
  });
  const last = linkBatch(plan.last);
  const full = plan.full === plan.last ? last : linkBatch(plan.full);
  const linkedAt = (batch: number) => (batchPlanAt(plan, batch) === plan.last ? last : full);
  const evaluation = plan.evaluation.map((set) => ({
    full: linkShard(set.full, false),
    last: linkShard(set.last, false),
  }));

  const runShard = ({ plan: shard, calls }: LinkedShard, fill: () => void) => {
    clock.timeGather(fill);
    runCalls(calls);
    const result = addressOf(shard.result, bases);
    return { loss: view.getFloat64(result, true), correct: view.getInt32(result + 8, true) };
  };

  const shardPhase = (batch: number, { plan: batchPlan, shards }: LinkedBatch): Phase => ({
    name: 'forward and backward',
    items: shards.length,
    run(item) {
      const shard = shards[item];
      const { loss, correct } = runShard(shard, () => {
        const first = batch * configuration.batchSize + shard.plan.first;
        const sampleAt = (n: number) => state.order[first + n];
        const epoch = control[STEPS_BEFORE] / plan.batchesPerEpoch + 1;
        gather(state.train, sampleAt, shard.plan, bytes, bases, readerOf(epoch));
        writeDraws(words, shard.plan, bases, configuration.seed, epoch, sampleAt);
      });
      statistics.losses[item] = loss;
      statistics.correct[item] = correct;
    },
    end() {
      const loss = treeSum(statistics.losses, shards.length);
      const at = batch * batchNumbers;
      const step = control[STEPS_BEFORE] + batch;
      const { schedule, learningRate } = configuration;
      const scheduled = learningRateAt(
        ...([schedule, learningRate, step, plan.steps, plan.batchesPerEpoch] as const),
      );
      const rate = scheduled * statistics.rateFactor[0];
      statistics.learningRate[0] = rate;
      statistics.batches[at] = loss;
      statistics.batches[at + 1] = treeSum(statistics.correct, shards.length);
      statistics.batches[at + 2] = rate;
      if (!Number.isFinite(loss / batchPlan.batchSize)) control[HALT] = Halt.lossNotFinite;
    },
  });

  const gradientPhase = (batch: number, { gradientItems }: LinkedBatch): Phase => ({
    name: 'sum over shards',
    items: gradientItems.length,
    run(item) {
      runCalls(gradientItems[item]);
      statistics.squares[item] = view.getFloat64(bases.arena, true);
    },
    end() {
      const norm = Math.sqrt(treeSum(statistics.squares, gradientItems.length));
      statistics.batches[batch * batchNumbers + 3] = norm;
      const { clipNorm } = configuration;
      statistics.gradientScale[0] = clipNorm !== null && norm > clipNorm ? clipNorm / norm : 1;
      if (Number.isFinite(norm)) optimizer.advance(configuration.optimizer, statistics.optimizer);
      else control[HALT] = Halt.gradientNotFinite;
    },
  });

  const updatePhase = (batch: number): Phase => ({
    name: 'update',
    items: plan.updateItems.length,
    run(item) {
      const [from, to] = plan.updateItems[item];
      const [gradientScale] = statistics.gradientScale;
      const gradients = bases.gradients + from * 4;
      const vectors = (to - from) / 4;
      if (gradientScale !== 1) kernels.scale(gradients, vectors, gradientScale);
      optimizer.update(
        ...([kernels, configuration.optimizer, statistics.optimizer] as const),
        statistics.learningRate[0],
        {
          parameters: bases.parameters + from * 4,
          gradients,
          states: map.states.map((start) => start + from * 4),
          vectors,
        },
      );
    },
    end() {
      if (Atomics.load(control, PAUSE) !== 0) control[HALT] = Halt.paused;
      // Last: the main thread reads the batch's numbers once this counts it.
      Atomics.store(control, BATCHES_DONE, batch + 1);
    },
  });

  return {
    step(batch) {
      const linked = linkedAt(batch);
      return [shardPhase(batch, linked), gradientPhase(batch, linked), updatePhase(batch)];
    },
    evaluation(set) {
      const { images, logits, losses, correct } = state.evaluated[set];
      const { items } = plan.evaluation[set];
      const size = configuration.evaluationShardSize;
      const classes = plan.model.output[0];
      return {
        name: 'evaluation',
        items,
        run(item) {
          const linked = item === items - 1 ? evaluation[set].last : evaluation[set].full;
          const { count, lanes, output } = linked.plan;
          const first = item * size;
          const result = runShard(linked, () =>
            gather(images, (n) => first + n, linked.plan, bytes, bases),
          );
          losses[item] = result.loss;
          correct[item] = result.correct;
          const values = new Float32Array(memory.buffer, addressOf(output, bases), classes * lanes);
          for (let n = 0; n < count; n++)
            for (let c = 0; c < classes; c++) {
              logits[(first + n) * classes + c] = values[c * lanes + n];
            }
        },
        end() {},
      };
    },
  };
}
