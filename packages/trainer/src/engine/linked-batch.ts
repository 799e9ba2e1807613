// The plan of a batch with the addresses of one worker put in, ready to be called.
import type { Kernels } from '@convbook/core/kernels';
import {
  linkCalls,
  trainingStages,
  type BatchPlan,
  type Call,
  type LinkedCall,
  type RegionBases,
  type ShardPlan,
  type Stage,
} from '@convbook/layers/plan';
import { noClock, type Clock } from './observe/clock.ts';
import { shardSumsOf, type ShardSums } from './exchange/shard-sums.ts';
import type { PhaseName } from './phase-names.ts';

export interface LinkedShard {
  readonly plan: ShardPlan;
  readonly calls: readonly LinkedCall[];
}

/** The calls of a stage up to where its shard has kept its rows, and those that follow. */
export interface LinkedTrainingShard extends LinkedShard {
  readonly callsAfter: readonly LinkedCall[];
}

/** The shards up to where a layer waits for the whole batch, and the calls at the end. */
export interface LinkedStage {
  readonly name: PhaseName;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Whether its shards leave losses. */
  readonly hasLoss: boolean;
  readonly shards: readonly LinkedTrainingShard[];
  /** The calls at the end read these of all shards. */
  readonly sums: readonly ShardSums[];
  readonly batchCalls: readonly LinkedCall[];
}

export interface LinkedBatch {
  readonly plan: BatchPlan;
  /** Times the reading of images; the calls have it around them. */
  readonly clock: Clock;
  readonly prepare: readonly LinkedCall[];
  readonly stages: readonly LinkedStage[];
  readonly gradientItems: readonly (readonly LinkedCall[])[];
}

export interface Linker {
  batch(plan: BatchPlan, clock?: Clock): LinkedBatch;
  evaluation(plan: ShardPlan): LinkedShard;
}

type Link = (calls: readonly Call[]) => LinkedCall[];

/** Links plans for the worker whose addresses `bases` are. */
export function createLinker(kernels: Kernels, bases: RegionBases): Linker {
  const linkWith =
    (clock: Clock): Link =>
    (calls) =>
      linkCalls(calls, kernels, bases, clock.aroundKernel);
  return {
    batch(plan, clock = noClock) {
      const link = linkWith(clock);
      return {
        plan,
        clock,
        prepare: link(plan.prepare),
        stages: linkStages(plan, link),
        gradientItems: plan.gradientItems.map(({ calls }) => link(calls)),
      };
    },
    evaluation(plan) {
      const forward = plan.forward.flatMap(({ calls }) => calls);
      return { plan, calls: linkWith(noClock)([plan.load, ...forward, plan.loss]) };
    },
  };
}

function linkStages({ shards }: BatchPlan, link: Link): LinkedStage[] {
  const stagesOf = shards.map(trainingStages);
  const lossAt = shards[0].forward.length - 1;
  return stagesOf[0].map(({ batchCalls }, at, all) => ({
    name: at < lossAt ? 'forward' : at === lossAt ? 'forward and backward' : 'backward',
    isFirst: at === 0,
    isLast: at === all.length - 1,
    hasLoss: at === lossAt,
    shards: shards.map((plan, i) => ({ plan, ...linkStage(stagesOf[i][at], link) })),
    sums: shardSumsOf(batchCalls),
    batchCalls: link(batchCalls),
  }));
}

function linkStage({ calls }: Stage, link: Link) {
  const keptAt = calls.findLastIndex(({ keeps }) => keeps) + 1;
  return { calls: link(calls.slice(0, keptAt)), callsAfter: link(calls.slice(keptAt)) };
}
