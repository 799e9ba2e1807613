// Forward and backward, an item a shard. A layer that needs sums over the whole batch cuts this into
// stages, where each shard leaves its own and the end of the phase adds them.
import { runCalls } from '@convbook/layers/plan';
import { learningRateAt } from '../../schedule.ts';
import { writeLoss } from '../batch-numbers.ts';
import { shareOf } from '../exchange/exchange.ts';
import type { LinkedBatch, LinkedStage } from '../linked-batch.ts';
import { treeSum } from '../tree-sum.ts';
import { createShardLoader } from './load-shard.ts';
import { endingWith, type Phase } from './phase.ts';
import { readResult, runningStep, type PhaseContext } from './phase-context.ts';

export function createShardPhases(context: PhaseContext, linked: LinkedBatch): Phase[] {
  return linked.stages.map((stage) => ({
    name: stage.name,
    items: shareOf(stage.shards.length, context.exchange).count,
    earlyItems: 0,
    run: createShardRun(context, linked, stage),
    ...endingWith(crossingsOf(context, linked, stage), () => {
      runCalls(stage.batchCalls);
      if (stage.hasLoss) endLoss(context, linked);
    }),
  }));
}

function createShardRun(context: PhaseContext, linked: LinkedBatch, stage: LinkedStage) {
  const { state, kept, exchange } = context;
  const { losses, correct } = state.statistics;
  const share = shareOf(stage.shards.length, exchange);
  const load = createShardLoader(context);
  return (item: number): void => {
    const index = share.first + item;
    const { plan, calls, callsAfter } = stage.shards[index];
    if (stage.isFirst) linked.clock.timeGather(() => load(plan));
    runCalls(calls);
    if (stage.isLast) kept.add(share.count);
    runCalls(callsAfter);
    if (!stage.hasLoss) return;
    const result = readResult(context, plan);
    losses[index] = result.loss;
    correct[index] = result.correct;
  };
}

function crossingsOf({ crossings }: PhaseContext, { plan }: LinkedBatch, stage: LinkedStage) {
  return [
    ...crossings.sums(stage.sums),
    ...(stage.hasLoss ? crossings.results(plan) : []),
    ...(stage.isLast ? crossings.gradients(plan) : []),
  ];
}

/** Adds up the batch's loss and decides the learning rate of its update. */
function endLoss(context: PhaseContext, { plan: { shards, batchSize } }: LinkedBatch): void {
  const { state, position, running } = context;
  const { statistics } = state;
  const loss = treeSum(statistics.losses, shards.length);
  const learningRate = learningRateOf(context);
  statistics.learningRate[0] = learningRate;
  const correct = treeSum(statistics.correct, shards.length);
  writeLoss(statistics.batches, running.batch, { loss, correct, learningRate });
  if (!Number.isFinite(loss / batchSize)) position.halt('loss not finite');
  else if (!Number.isFinite(learningRate)) position.halt('learning rate not finite');
}

function learningRateOf(context: PhaseContext): number {
  const { plan, statistics } = context.state;
  const { schedule, learningRate } = plan.configuration;
  const stepsBefore = runningStep(context) - 1;
  const scheduled = learningRateAt(
    schedule,
    learningRate,
    stepsBefore,
    plan.steps,
    plan.batchesPerEpoch,
  );
  return scheduled * statistics.rateFactor[0];
}
