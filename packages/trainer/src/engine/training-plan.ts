// The plan of a whole training run, made once, before the first step: plain data that every worker
// gets a copy of.
import {
  addPenalties,
  ConstantTables,
  cut,
  cutIntoShards,
  layOutParameters,
  mapMemory,
  planBatch,
  planEvaluationShard,
  type BatchPlan,
  type MemoryMap,
  type ParameterLayout,
  type ResolvedModel,
  type ShardPlan,
} from '@convbook/layers';
import type { Configuration } from '../configuration.ts';
import { optimizerKinds } from '../optimizer.ts';

export interface TrainingPlan {
  readonly model: ResolvedModel;
  readonly configuration: Configuration;
  readonly layout: ParameterLayout;
  readonly constants: Int32Array;
  readonly trainSamples: number;
  readonly batchesPerEpoch: number;
  readonly steps: number;
  /** The batches of an epoch: all but the last are `full`; `last` may be shorter. */
  readonly full: BatchPlan;
  readonly last: BatchPlan;
  /** `[from, to)` floats of the parameters, an item each. */
  readonly updateItems: readonly (readonly [number, number])[];
  /** Shards of the test set and the validation set. */
  readonly evaluation: readonly EvaluationPlan[];
  readonly map: MemoryMap;
  /** Workers there are arenas for. */
  readonly workers: number;
}

export interface EvaluationPlan {
  readonly samples: number;
  readonly items: number;
  readonly full: ShardPlan;
  readonly last: ShardPlan;
}

export interface PlanSizes {
  readonly trainSamples: number;
  readonly testSamples: number;
  readonly validationSamples: number;
  readonly workers: number;
}

export function planTraining(
  model: ResolvedModel,
  configuration: Configuration,
  sizes: PlanSizes,
): TrainingPlan {
  const { batchSize, shardSize, epochs, evaluationShardSize } = configuration;
  const { trainSamples } = sizes;
  const layout = layOutParameters(model);
  const tables = new ConstantTables();
  const batchesPerEpoch = Math.ceil(trainSamples / batchSize);
  const rest = trainSamples - (batchesPerEpoch - 1) * batchSize;
  const loss = { spec: configuration.loss, hasTargets: false };
  const penalties = { l1: configuration.l1Penalty, l2: configuration.l2Penalty };
  const batch = (size: number) => {
    const plan = planBatch(model, layout, tables, size, shardSize, false, loss);
    return addPenalties(plan, model, penalties);
  };
  const last = batch(rest);
  const full = rest === batchSize || batchesPerEpoch === 1 ? last : batch(batchSize);

  const evaluate = (samples: number): EvaluationPlan => {
    const items = Math.ceil(samples / evaluationShardSize);
    const shardOf = (count: number) => {
      const [shard] = cutIntoShards(count, evaluationShardSize);
      return planEvaluationShard({ model, layout, tables, shard, loss });
    };
    const lastCount = samples - (items - 1) * evaluationShardSize;
    return {
      ...{ samples, items },
      full: shardOf(Math.min(samples, evaluationShardSize)),
      last: shardOf(lastCount),
    };
  };
  const sets = [sizes.testSamples, sizes.validationSamples].filter((samples) => samples > 0);
  const evaluation = sets.map(evaluate);
  const constants = tables.words;
  const arenas = [full, last, ...evaluation.flatMap((plan) => [plan.full, plan.last])];
  const map = mapMemory({
    constantBytes: constants.byteLength,
    layout,
    shards: Math.max(full.shards.length, last.shards.length),
    stateCount: optimizerKinds[configuration.optimizer.name].stateCount,
    batchBytes: Math.max(full.batchBytes, last.batchBytes),
    arenaBytes: Math.max(...arenas.map(({ arenaBytes }) => arenaBytes)),
    arenas: sizes.workers,
  });
  return {
    ...{ model, configuration, layout, constants, trainSamples, batchesPerEpoch },
    ...{ steps: batchesPerEpoch * epochs, full, last, evaluation, map },
    workers: sizes.workers,
    updateItems: cut(layout.sizeBytes / 4),
  };
}

/** The plan of batch `batch` (from 0) of an epoch. */
export function batchPlanAt(plan: TrainingPlan, batch: number): BatchPlan {
  return batch === plan.batchesPerEpoch - 1 ? plan.last : plan.full;
}
