export { elu, gelu, leakyRelu, sigmoid, silu, softplus, tanh } from './layers/activations.ts';
export type { EluSpec, GeluSpec, LeakyReluSpec } from './layers/activations.ts';
export type { SigmoidSpec, SiluSpec, SoftplusSpec, TanhSpec } from './layers/activations.ts';
export { batchNorm } from './layers/batch-norm.ts';
export type { BatchNormSpec } from './layers/batch-norm.ts';
export { conv2d } from './layers/conv2d.ts';
export type { Conv2dSpec } from './layers/conv2d.ts';
export { dense } from './layers/dense.ts';
export type { DenseSpec } from './layers/dense.ts';
export { dropout } from './layers/dropout.ts';
export type { DropoutSpec } from './layers/dropout.ts';
export { flatten } from './layers/flatten.ts';
export type { FlattenSpec } from './layers/flatten.ts';
export { avgPool2d } from './layers/avg-pool2d.ts';
export type { AvgPool2dSpec } from './layers/avg-pool2d.ts';
export { globalAvgPool2d } from './layers/global-avg-pool2d.ts';
export type { GlobalAvgPool2dSpec } from './layers/global-avg-pool2d.ts';
export { localResponseNorm } from './layers/local-response-norm.ts';
export type { LocalResponseNormSpec } from './layers/local-response-norm.ts';
export { minPool2d } from './layers/min-pool2d.ts';
export type { MinPool2dSpec } from './layers/min-pool2d.ts';
export { maxPool2d } from './layers/max-pool2d.ts';
export type { MaxPool2dSpec } from './layers/max-pool2d.ts';
export { relu } from './layers/relu.ts';
export type { ReluSpec } from './layers/relu.ts';
export { softmax } from './layers/softmax.ts';
export type { SoftmaxSpec } from './layers/softmax.ts';
export {
  constant,
  gaussian,
  he,
  heNormal,
  initializeParameters,
  initializeRange,
  lecun,
  uniformBetween,
  xavier,
  zeros,
} from './initialize.ts';
export type { Distribution, Initializer, ScaledInitializer } from './initialize.ts';
export type { LayerFacts, LayerKind, LayerParameters, LayerReference } from './layer-kind.ts';
export { defineModel, resolveModel } from './model.ts';
export type { ModelSpec, ResolvedLayer, ResolvedModel, ResolvedParameter } from './model.ts';
export type { Pair } from './pair.ts';
export { presets } from './presets/index.ts';
export { simpleConvnet } from './presets/simple-convnet.ts';
export { kindOf, layerKinds } from './registry.ts';
export type { LayerSpec } from './registry.ts';
export { toCheckedModel } from './model-check.ts';
export { runModel } from './run-model.ts';
export type { RunModelInput, RunModelOutput } from './run-model.ts';
export { summarize } from './summary.ts';
export type { LayerSummary, ModelSummary } from './summary.ts';
export { ConstantTables } from './plan/allocator.ts';
export { groupLayers } from './plan/groups.ts';
export { planBatch } from './plan/batch-plan.ts';
export type { BatchPlan } from './plan/batch-plan.ts';
export { cut } from './plan/gradient-item.ts';
export type { GradientItem } from './plan/gradient-item.ts';
export { addressOf, linkCalls, runCalls } from './plan/link.ts';
export type { Kernel, LinkedCall, RegionBases } from './plan/link.ts';
export { basesOf, mapMemory } from './plan/memory-map.ts';
export type { MemoryMap } from './plan/memory-map.ts';
export { layerOf, layOutParameters } from './plan/parameter-layout.ts';
export type { ParameterLayout, PlacedParameter } from './plan/parameter-layout.ts';
export type { Call, CallRole } from './plan/call.ts';
export type { Place, Region } from './plan/place.ts';
export { planShard, trainingStages } from './plan/shard-plan.ts';
export type { ShardPlan } from './plan/shard-plan.ts';
export type { Stage } from './plan/stages.ts';
export { cutIntoShards, defaultShardSize } from './plan/shards.ts';
export type { Shard } from './plan/shards.ts';
export { lossKinds } from './losses/registry.ts';
export type { LossOptions, LossSpec } from './losses/registry.ts';
export type { LossKind, LossPlaces } from './losses/loss-kind.ts';
export { addPenalties } from './plan/penalty.ts';
export type { Penalties } from './plan/penalty.ts';
export { runReference } from './testing/reference-model.ts';
export type { ReferenceOutput } from './testing/reference-model.ts';
