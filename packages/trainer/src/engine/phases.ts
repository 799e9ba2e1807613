// A training step as three phases, and an evaluation as one. A layer that needs sums over the whole
// batch cuts the first phase where it waits for them. Items may run on any worker in any order; `end`
// runs once, on the worker that ends the phase, before anyone starts the next.
import { addressAfter, createKernels } from '@convbook/core';
import { addressOf, basesOf, runCalls, type ShardPlan } from '@convbook/layers';
import { optimizerKinds } from '../optimizers/registry.ts';
import { learningRateAt } from '../schedule.ts';
import { BATCHES_DONE, HALT, Halt, KEPT, PAUSE, STEPS_BEFORE, type PhaseName } from './control.ts';
import { writeDraws } from './draws.ts';
import { gather } from './gather.ts';
import { createImageReader } from './image-reader.ts';
import { createLayerMeter } from './layer-norms.ts';
import { createLinker, type LinkedBatch } from './linked-batch.ts';
import { createClock, isProfiled } from './profile.ts';
import { batchNumbers, type SharedState } from './shared-state.ts';
import { batchPlanAt } from './training-plan.ts';
import { treeSum } from './tree-sum.ts';

export interface Phase {
  readonly name: PhaseName;
  readonly items: number;
  /**
   * So many of them, the first, may run while the phase before does, once every shard has kept its
   * part (`KEPT`): who finds no more shards does not wait for those that others still have.
   */
  readonly earlyItems: number;
  run(item: number): void;
  end(): void;
}

export interface Phases {
  step(batch: number): readonly Phase[];
  evaluation(set: number): Phase;
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
  const meter = createLayerMeter(state);
  const readerOf = createImageReader(state);

  const link = createLinker(kernels, bases);
  const last = link.batch(plan.last);
  const full = plan.full === plan.last ? last : link.batch(plan.full);
  let timed: LinkedBatch | null = null;
  const stepOf = (batch: number) => control[STEPS_BEFORE] + batch + 1;
  const linkedAt = (batch: number) => {
    if (isProfiled(state, stepOf(batch))) {
      return (timed ??= link.batch(plan.full, createClock(state.profile, worker)));
    }
    return batchPlanAt(plan, batch) === plan.last ? last : full;
  };
  const evaluation = plan.evaluation.map((set) => ({
    full: link.evaluation(set.full),
    last: link.evaluation(set.last),
  }));

  const readResult = (shard: ShardPlan) => {
    const result = addressOf(shard.result, bases);
    return { loss: view.getFloat64(result, true), correct: view.getInt32(result + 8, true) };
  };

  const loadShard = (batch: number, shard: ShardPlan) => {
    const first = batch * configuration.batchSize + shard.first;
    const sampleAt = (n: number) => state.order[first + n];
    const epoch = control[STEPS_BEFORE] / plan.batchesPerEpoch + 1;
    gather(state.train, sampleAt, shard, bytes, bases, readerOf(epoch));
    writeDraws(words, shard, bases, configuration.seed, epoch, sampleAt);
  };

  const endLoss = (batch: number, { plan: batchPlan }: LinkedBatch) => {
    const loss = treeSum(statistics.losses, batchPlan.shards.length);
    const at = batch * batchNumbers;
    const { schedule, learningRate } = configuration;
    const stepsBefore = stepOf(batch) - 1;
    const scheduled = learningRateAt(
      ...([schedule, learningRate, stepsBefore, plan.steps, plan.batchesPerEpoch] as const),
    );
    const rate = scheduled * statistics.rateFactor[0];
    statistics.learningRate[0] = rate;
    statistics.batches[at] = loss;
    statistics.batches[at + 1] = treeSum(statistics.correct, batchPlan.shards.length);
    statistics.batches[at + 2] = rate;
    if (!Number.isFinite(loss / batchPlan.batchSize)) control[HALT] = Halt.lossNotFinite;
  };

  const preparePhases = ({ prepare }: LinkedBatch): Phase[] =>
    prepare.length === 0
      ? []
      : [
          {
            name: 'prepare',
            items: prepare.length,
            earlyItems: 0,
            run: (item) => runCalls(prepare.slice(item, item + 1)),
            end() {},
          },
        ];

  const tellKept = (shards: number) => {
    if (Atomics.add(control, KEPT, 1) + 1 === shards) Atomics.notify(control, KEPT);
  };

  const shardPhases = (batch: number, linked: LinkedBatch): Phase[] => {
    const lastStage = linked.stages.length - 1;
    return linked.stages.map(({ name, shards, batchCalls }, stage) => ({
      name,
      items: shards.length,
      earlyItems: 0,
      run(item) {
        const { plan: shard, calls, callsAfter } = shards[item];
        if (stage === 0) linked.clock.timeGather(() => loadShard(batch, shard));
        runCalls(calls);
        if (stage === lastStage) tellKept(shards.length);
        runCalls(callsAfter);
        if (name !== 'forward and backward') return;
        const { loss, correct } = readResult(shard);
        statistics.losses[item] = loss;
        statistics.correct[item] = correct;
      },
      end() {
        runCalls(batchCalls);
        if (name === 'forward and backward') endLoss(batch, linked);
      },
    }));
  };

  const gradientPhase = (
    batch: number,
    { plan: batchPlan, gradientItems }: LinkedBatch,
  ): Phase => ({
    name: 'sum over shards',
    items: gradientItems.length,
    earlyItems: batchPlan.wholeBatchItems,
    run(item) {
      runCalls(gradientItems[item]);
      statistics.squares[item] = view.getFloat64(bases.arena, true);
    },
    end() {
      control[KEPT] = 0;
      const norm = Math.sqrt(treeSum(statistics.squares, gradientItems.length));
      statistics.batches[batch * batchNumbers + 3] = norm;
      if (meter.isSampled(stepOf(batch))) meter.endGradients(stepOf(batch), batchPlan);
      const { clipNorm } = configuration;
      statistics.gradientScale[0] = clipNorm !== null && norm > clipNorm ? clipNorm / norm : 1;
      if (Number.isFinite(norm)) optimizer.advance(configuration.optimizer, statistics.optimizer);
      else control[HALT] = Halt.gradientNotFinite;
    },
  });

  const updateRange = (from: number, to: number) => {
    const [gradientScale] = statistics.gradientScale;
    const gradients = addressAfter(bases.gradients, from * 4);
    const vectors = (to - from) / 4;
    if (gradientScale !== 1) kernels.scale(gradients, vectors, gradientScale);
    optimizer.update(
      ...([kernels, configuration.optimizer, statistics.optimizer] as const),
      statistics.learningRate[0],
      {
        parameters: addressAfter(bases.parameters, from * 4),
        gradients,
        states: map.states.map((start) => addressAfter(start, from * 4)),
        vectors,
      },
    );
  };

  const updatePhase = (batch: number): Phase => ({
    name: 'update',
    items: plan.updateItems.length,
    earlyItems: 0,
    run(item) {
      if (meter.isSampled(stepOf(batch))) meter.updateItem(item, updateRange);
      else updateRange(...plan.updateItems[item]);
    },
    end() {
      if (meter.isSampled(stepOf(batch))) meter.endUpdate(stepOf(batch));
      if (Atomics.load(control, PAUSE) !== 0) control[HALT] = Halt.paused;
      // Last: the main thread reads the batch's numbers once this counts it.
      Atomics.store(control, BATCHES_DONE, batch + 1);
    },
  });
  return {
    step(batch) {
      const linked = linkedAt(batch);
      return [
        ...preparePhases(linked),
        ...shardPhases(batch, linked),
        gradientPhase(batch, linked),
        updatePhase(batch),
      ];
    },
    evaluation(set) {
      const { images, logits, losses, correct } = state.evaluated[set];
      const { items } = plan.evaluation[set];
      const size = configuration.evaluationShardSize;
      const classes = plan.model.output[0];
      return {
        name: 'evaluation',
        items,
        earlyItems: 0,
        run(item) {
          const linked = item === items - 1 ? evaluation[set].last : evaluation[set].full;
          const { count, lanes, output } = linked.plan;
          const first = item * size;
          gather(images, (n) => first + n, linked.plan, bytes, bases);
          runCalls(linked.calls);
          const result = readResult(linked.plan);
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
