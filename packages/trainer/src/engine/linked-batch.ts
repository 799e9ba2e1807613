// The plan of a batch with the addresses of one worker put in, ready to be called.
import type { Kernels } from '@convbook/core';
import {
  linkCalls,
  trainingStages,
  type BatchPlan,
  type Call,
  type LinkedCall,
  type RegionBases,
  type ShardPlan,
} from '@convbook/layers';
import type { PhaseName } from './control.ts';
import { noClock, type Clock } from './profile.ts';

export interface LinkedShard {
  readonly plan: ShardPlan;
  readonly calls: readonly LinkedCall[];
}

/** The calls of a stage up to where its shard has kept what is kept, and those behind. */
export interface LinkedTrainingShard extends LinkedShard {
  readonly callsAfter: readonly LinkedCall[];
}

/** The shards up to where a layer waits for the whole batch, and what is done then. */
export interface LinkedStage {
  readonly name: PhaseName;
  readonly shards: readonly LinkedTrainingShard[];
  readonly batchCalls: readonly LinkedCall[];
}

export interface LinkedBatch {
  readonly plan: BatchPlan;
  /** What times the reading of images; the calls have it around them. */
  readonly clock: Clock;
  readonly prepare: readonly LinkedCall[];
  readonly stages: readonly LinkedStage[];
  readonly gradientItems: readonly (readonly LinkedCall[])[];
}

/** Links plans for the worker whose addresses `bases` are. */
export function createLinker(kernels: Kernels, bases: RegionBases) {
  const link = (calls: readonly Call[], clock = noClock) =>
    linkCalls(calls, kernels, bases, clock.aroundKernel);
  const stagesOf = ({ shards }: BatchPlan, clock: Clock): LinkedStage[] => {
    const ofShard = shards.map(trainingStages);
    const lossAt = shards[0].forward.length - 1;
    return ofShard[0].map(({ batchCalls }, at) => ({
      name: at < lossAt ? 'forward' : at === lossAt ? 'forward and backward' : 'backward',
      shards: shards.map((plan, i) => {
        const { calls } = ofShard[i][at];
        const keptAt = calls.findLastIndex(({ keeps }) => keeps) + 1;
        const [before, behind] = [calls.slice(0, keptAt), calls.slice(keptAt)];
        return { plan, calls: link(before, clock), callsAfter: link(behind, clock) };
      }),
      batchCalls: link(batchCalls, clock),
    }));
  };
  return {
    batch: (plan: BatchPlan, clock = noClock): LinkedBatch => ({
      ...{ plan, clock },
      prepare: link(plan.prepare, clock),
      stages: stagesOf(plan, clock),
      gradientItems: plan.gradientItems.map(({ calls }) => link(calls, clock)),
    }),
    evaluation: (plan: ShardPlan): LinkedShard => ({
      plan,
      calls: link([plan.load, ...plan.forward.flatMap(({ calls }) => calls), plan.loss]),
    }),
  };
}
