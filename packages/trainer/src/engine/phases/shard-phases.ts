// Forward and backward, an item a shard. A layer that needs sums over the whole batch cuts this into
// stages, where each shard leaves its own and the end of the phase adds them.
import { runCalls } from '@convbook/layers/plan';
import { learningRateAt } from '../../schedule.ts';
import { writeLoss } from '../batch-numbers.ts';
import { createPauseVote } from '../exchange/pause-vote.ts';
import { createRowCrossings, type RowCrossings } from '../exchange/row-crossings.ts';
import { createWholeSums } from '../exchange/whole-sums.ts';
import type { LinkedBatch, LinkedStage } from '../linked-batch.ts';
import { arraysIn, memoryKindOf } from '../memory-kind.ts';
import { treeSum } from '../tree-sum.ts';
import { createShardLoader } from './load-shard.ts';
import { endingWith, type Phase } from './phase.ts';
import { readResult, runningStep, type PhaseContext } from './phase-context.ts';

export function createShardPhases(context: PhaseContext, linked: LinkedBatch): Phase[] {
  return linked.stages.map((stage) => createShardPhase(context, linked, stage));
}

function createShardPhase(context: PhaseContext, linked: LinkedBatch, stage: LinkedStage): Phase {
  const { state, exchange, crossings, position } = context;
  const { plan } = linked;
  const rows = createRowCrossings(context, stage, plan.ownShards);
  const vote = () => createPauseVote(exchange, position, arraysIn(memoryKindOf(state.memory)));
  const atEnd = endingWith(
    [
      ...crossings.sums(stage.sums, plan),
      ...(stage.hasLoss && exchange.ranks > 1 ? [...crossings.results(plan), vote()] : []),
      ...(stage.isLast ? createWholeSums(context, linked) : []),
    ],
    () => {
      runCalls(stage.batchCalls);
      if (stage.hasLoss) endLoss(context, linked);
    },
  );
  return {
    name: stage.name,
    items: plan.ownShards,
    firstShard: plan.firstShard,
    early: null,
    admitsEarly: stage.isLast,
    run: createShardRun(context, linked, stage, rows),
    started: rows,
    cross() {
      rows.startRest();
      return [...rows.tickets(), ...atEnd.cross()];
    },
    end() {
      while (rows.oldest()) rows.settleOldest();
      rows.reset();
      atEnd.end();
    },
  };
}

function createShardRun(
  context: PhaseContext,
  linked: LinkedBatch,
  stage: LinkedStage,
  rows: RowCrossings,
) {
  const { state, kept } = context;
  const { losses, correct } = state.statistics;
  const { firstShard, ownShards } = linked.plan;
  const load = createShardLoader(context);
  return (item: number): void => {
    const { plan, parts, callsAfter } = stage.shards[item];
    if (stage.isFirst) linked.clock.timeGather(() => load(plan));
    parts.forEach((calls, group) => {
      runCalls(calls);
      if (stage.rowsGroups.length > 0) rows.keep(group);
    });
    if (stage.isLast) kept.add(ownShards);
    runCalls(callsAfter);
    if (!stage.hasLoss) return;
    const result = readResult(context, plan);
    losses[firstShard + item] = result.loss;
    correct[firstShard + item] = result.correct;
  };
}

/** Adds up the batch's loss and decides the learning rate of its update. */
function endLoss(context: PhaseContext, { plan: { cut, batchSize } }: LinkedBatch): void {
  const { state, position, running } = context;
  const { statistics } = state;
  const loss = treeSum(statistics.losses, cut.length);
  const learningRate = learningRateOf(context);
  statistics.learningRate[0] = learningRate;
  const correct = treeSum(statistics.correct, cut.length);
  writeLoss(statistics.batches, running.batch, { loss, correct, learningRate });
  if (!Number.isFinite(loss / batchSize)) position.halt('loss not finite');
  else if (!Number.isFinite(learningRate)) position.halt('learning rate not finite');
}

function learningRateOf(context: PhaseContext): number {
  const { plan, statistics } = context.state;
  const { schedule, learningRate, scaledRate } = plan.configuration;
  const stepsBefore = runningStep(context) - 1;
  const scheduled = learningRateAt(
    schedule,
    scaledRate ?? learningRate,
    stepsBefore,
    plan.steps,
    plan.batchesPerEpoch,
  );
  return scheduled * statistics.rateFactor[0];
}
