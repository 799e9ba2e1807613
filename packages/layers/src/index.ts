// Layers are exported where they are registered.
export * from './registry.ts';
export { initializeParameters, initializeRange } from './model/initialize.ts';
export type { LayerKind, LayerParameters, LayerReference } from './calls/layer-kind.ts';
export { defineModel, resolveModel } from './model/model.ts';
export type { ModelSpec, ResolvedLayer, ResolvedModel } from './model/model.ts';
export type { Pair } from './settings/pair.ts';
export { presets } from './presets/index.ts';
export { simpleConvnet } from './presets/simple-convnet.ts';
export { toCheckedModel } from './model/check.ts';
export { runModel } from './run-model.ts';
export type { RunModelInput, RunModelOutput } from './run-model.ts';
export { summarize } from './model/summary.ts';
export type { LayerSummary, ModelSummary } from './model/summary.ts';
export { ConstantTables } from './calls/constant-tables.ts';
export { fuseLayers } from './plan/fused-layers.ts';
export type { FusedLayers } from './plan/fused-layers.ts';
export { planBatch } from './plan/batch-plan.ts';
export type { BatchPlan } from './plan/batch-plan.ts';
export { cut } from './calls/gradient-item.ts';
export type { GradientItem } from './calls/gradient-item.ts';
export { addressOf, linkCalls, runCalls } from './plan/link.ts';
export type { Kernel, LinkedCall, RegionBases } from './plan/link.ts';
export { basesOf, mapMemory } from './plan/memory-map.ts';
export type { MemoryMap } from './plan/memory-map.ts';
export { layerOf, layOutParameters } from './plan/parameter-layout.ts';
export type { ParameterLayout, PlacedParameter } from './plan/parameter-layout.ts';
export type { Call, CallRole } from './calls/call.ts';
export type { Place, Region } from './calls/place.ts';
export { planEvaluationShard, trainingStages } from './plan/shard-plan.ts';
export type { ShardPlan, TrainingShardPlan } from './plan/shard-plan.ts';
export type { Stage } from './plan/stages.ts';
export { cutIntoShards, defaultShardSize } from './calls/shards.ts';
export type { Shard } from './calls/shards.ts';
export { lossKinds } from './losses/registry.ts';
export type { LossOptions, LossSpec } from './losses/registry.ts';
export type { LossKind, LossPlaces } from './losses/loss-kind.ts';
export { addPenalties } from './plan/penalty.ts';
export type { Penalties } from './plan/penalty.ts';
export { runReference } from './testing/reference-model.ts';
export type { ReferenceOutput } from './testing/reference-model.ts';
export {
  constant,
  gaussian,
  he,
  heNormal,
  lecun,
  uniformBetween,
  xavier,
  zeros,
  type Distribution,
  type Initializer,
  type ScaledInitializer,
} from './settings/initializer.ts';
export type { LayerFacts, ResolvedParameter } from './calls/resolved.ts';
