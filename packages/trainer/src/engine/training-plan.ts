// The plan of a whole training run, made once, before the first step: plain data that every worker
// gets a copy of.
import { ConfigurationError, highest, toScaling, type ChannelScaling } from '@convbook/core';
import {
  addPenalties,
  ConstantTables,
  cut,
  freezeLayers,
  layOutParameters,
  mapMemory,
  onlyRank,
  oneShard,
  planBatch,
  planEvaluationShard,
  type BatchPlan,
  type MemoryMap,
  type ParameterLayout,
  type Ranks,
  type ShardPlan,
} from '@convbook/layers/plan';
import type { LossOptions } from '@convbook/layers/kinds';
import type { ResolvedModel } from '@convbook/layers';
import type { Configuration } from '@convbook/run';
import { optimizerKinds } from '../optimizers/registry.ts';
import { mostSteps } from './control/position.ts';
import { valuesOfSets, type ByEvaluatedSet } from './evaluated-sets.ts';
import { planBatchExchange, type BatchExchange } from './exchange/batch-exchange.ts';
import type { MeasuredData } from './measured-data.ts';

export interface TrainingPlan {
  /** With the frozen layers marked. */
  readonly model: ResolvedModel;
  readonly configuration: Configuration;
  readonly measured: MeasuredData;
  /** How the bytes of each channel become floats; byte / 255 where it is absent. */
  readonly scaling: readonly ChannelScaling[] | undefined;
  readonly layout: ParameterLayout;
  readonly constants: Int32Array;
  readonly trainSamples: number;
  readonly batchesPerEpoch: number;
  readonly steps: number;
  /** The batches of an epoch: all but the last are `full`; `last` may be shorter. */
  readonly full: TrainingBatch;
  readonly last: TrainingBatch;
  /** Which of the ranks the plan is for. */
  readonly ranks: Ranks;
  /** `[from, to)` floats of the parameters, an item each. */
  readonly updateItems: readonly (readonly [number, number])[];
  readonly evaluation: ByEvaluatedSet<EvaluationPlan>;
  readonly map: MemoryMap;
  /** Workers there are arenas for. */
  readonly workers: number;
}

/** A batch as one rank trains it. */
export interface TrainingBatch extends BatchPlan {
  /** What crosses between ranks; null for a single one. */
  readonly exchange: BatchExchange | null;
}

/** The shards of a set that is evaluated. */
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
  /** Which of the ranks plans; default the only one. */
  readonly ranks?: Ranks | undefined;
  readonly measured: MeasuredData;
}

/** Plans of batches and of evaluations have this in common. */
interface Basis {
  readonly model: ResolvedModel;
  readonly configuration: Configuration;
  readonly layout: ParameterLayout;
  readonly tables: ConstantTables;
  readonly loss: LossOptions;
  readonly scaling: readonly ChannelScaling[] | undefined;
  readonly ranks: Ranks;
}

/** @throws ConfigurationError when layers that are to be frozen are unknown, or all there are. */
export function planTraining(
  given: ResolvedModel,
  configuration: Configuration,
  sizes: PlanSizes,
): TrainingPlan {
  const model = freezeLayers(given, configuration.freeze ?? []);
  const layout = layOutParameters(model);
  const tables = new ConstantTables();
  const { measured, ranks = onlyRank } = sizes;
  const loss = { spec: configuration.loss, hasTargets: false };
  const scaling = measured.standardization ? toScaling(measured.standardization) : undefined;
  const basis = { model, configuration, layout, tables, loss, scaling, ranks };
  // Classes are weighed in training alone: the loss of other sets stays comparable between runs.
  const weighed = { ...loss, hasClassWeights: measured.classWeights !== null };
  const batches = planBatches({ ...basis, loss: weighed }, sizes.trainSamples);
  const { full, last, batchesPerEpoch } = batches;
  const steps = batchesPerEpoch * configuration.epochs;
  checkSteps(steps);
  const evaluation = {
    test: planEvaluation(basis, sizes.testSamples),
    validation:
      sizes.validationSamples === 0 ? null : planEvaluation(basis, sizes.validationSamples),
  };
  return {
    model,
    configuration,
    measured,
    scaling,
    layout,
    constants: tables.words,
    trainSamples: sizes.trainSamples,
    batchesPerEpoch,
    steps,
    full,
    last,
    ranks,
    evaluation,
    map: mapMemory({
      constantBytes: tables.words.byteLength,
      layout,
      shards: Math.max(full.shards.length, last.shards.length),
      exchangeBytes: Math.max(full.exchange?.sizeBytes ?? 0, last.exchange?.sizeBytes ?? 0),
      stateCount: optimizerKinds[configuration.optimizer.name].stateCount,
      batchBytes: Math.max(full.batchBytes, last.batchBytes),
      arenaBytes: largestArena([full, last], valuesOfSets(evaluation)),
      arenas: sizes.workers,
    }),
    workers: sizes.workers,
    updateItems: cut(layout.sizeBytes / 4),
  };
}

function checkSteps(steps: number): void {
  if (steps <= mostSteps) return;
  throw new ConfigurationError(
    `epochs: expected at most ${mostSteps} steps in all, got ${steps}; take fewer epochs`,
  );
}

function planBatches(basis: Basis, trainSamples: number) {
  const { batchSize } = basis.configuration;
  const batchesPerEpoch = Math.ceil(trainSamples / batchSize);
  const rest = trainSamples - (batchesPerEpoch - 1) * batchSize;
  const last = planBatchOf(basis, rest);
  const full = rest === batchSize || batchesPerEpoch === 1 ? last : planBatchOf(basis, batchSize);
  return { batchesPerEpoch, full, last };
}

function planBatchOf(
  { model, configuration, layout, tables, loss, scaling, ranks }: Basis,
  samples: number,
): TrainingBatch {
  const { shardSize, l1Penalty: l1, l2Penalty: l2 } = configuration;
  const plan = planBatch(model, layout, tables, samples, shardSize, { loss, scaling, ranks });
  const exchange = planBatchExchange(plan, layout, ranks);
  return { ...addPenalties(plan, model, { l1, l2 }), exchange };
}

function planEvaluation(basis: Basis, samples: number): EvaluationPlan {
  const { evaluationShardSize: size } = basis.configuration;
  const items = Math.ceil(samples / size);
  return {
    samples,
    items,
    full: planShardOf(basis, Math.min(samples, size)),
    last: planShardOf(basis, samples - (items - 1) * size),
  };
}

function planShardOf(basis: Basis, samples: number) {
  return planEvaluationShard({ ...basis, shard: oneShard(samples) });
}

function largestArena(batches: readonly BatchPlan[], sets: readonly EvaluationPlan[]): number {
  const shards = sets.flatMap(({ full, last }) => [full, last]);
  return highest([...batches, ...shards].map(({ arenaBytes }) => arenaBytes));
}

/** The plan of batch `batch` (from 0) of an epoch. */
export function batchPlanAt(plan: TrainingPlan, batch: number): TrainingBatch {
  return batch === plan.batchesPerEpoch - 1 ? plan.last : plan.full;
}
