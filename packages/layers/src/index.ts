export { elu, gelu, leakyRelu, sigmoid, silu, softplus, tanh } from './activations/elementwise.ts';
export type { EluSpec, GeluSpec, LeakyReluSpec } from './activations/elementwise.ts';
export type { SigmoidSpec, SiluSpec, SoftplusSpec, TanhSpec } from './activations/elementwise.ts';
export { batchNorm } from './batch-norm/batch-norm.ts';
export type { BatchNormSpec } from './batch-norm/batch-norm.ts';
export { conv2d } from './conv2d/conv2d.ts';
export type { Conv2dSpec } from './conv2d/conv2d.ts';
export { dense } from './dense/dense.ts';
export type { DenseSpec } from './dense/dense.ts';
export { dropout } from './dropout/dropout.ts';
export type { DropoutSpec } from './dropout/dropout.ts';
export { flatten } from './flatten/flatten.ts';
export type { FlattenSpec } from './flatten/flatten.ts';
export { avgPool2d } from './pool/avg-pool2d.ts';
export type { AvgPool2dSpec } from './pool/avg-pool2d.ts';
export { globalAvgPool2d } from './pool/global-avg-pool2d.ts';
export type { GlobalAvgPool2dSpec } from './pool/global-avg-pool2d.ts';
export { localResponseNorm } from './local-response-norm/local-response-norm.ts';
export type { LocalResponseNormSpec } from './local-response-norm/local-response-norm.ts';
export { minPool2d } from './pool/min-pool2d.ts';
export type { MinPool2dSpec } from './pool/min-pool2d.ts';
export { maxPool2d } from './pool/max-pool2d.ts';
export type { MaxPool2dSpec } from './pool/max-pool2d.ts';
export { relu } from './activations/relu.ts';
export type { ReluSpec } from './activations/relu.ts';
export { softmax } from './activations/softmax.ts';
export type { SoftmaxSpec } from './activations/softmax.ts';
export { initializeParameters, initializeRange } from './model/initialize.ts';
export type { LayerKind, LayerParameters, LayerReference } from './calls/layer-kind.ts';
export { defineModel, resolveModel } from './model/model.ts';
export type { ModelSpec } from './model/model.ts';
export type { Pair } from './settings/pair.ts';
export { presets } from './presets/index.ts';
export { simpleConvnet } from './presets/simple-convnet.ts';
export { kindOf, layerKinds } from './registry.ts';
export type { LayerSpec } from './registry.ts';
export { toCheckedModel } from './model/check.ts';
export { parseRunRecord } from './run-record-check.ts';
export { parseDatasetRecord, parseMetrics, parseTiming } from './run-record-events.ts';
export { refuseRunFile, printable, showValue } from './run-record-json.ts';
export { runFiles } from './run-record.ts';
export type {
  DatasetRecord,
  MetricsEvent,
  RunConfiguration,
  RunRecord,
  RunResult,
  TimingEvent,
} from './run-record.ts';
export { runModel } from './run-model.ts';
export type { RunModelInput, RunModelOutput } from './run-model.ts';
export { summarize } from './model/summary.ts';
export type { LayerSummary, ModelSummary } from './model/summary.ts';
export { ConstantTables } from './calls/allocator.ts';
export { groupLayers } from './plan/fused-layers.ts';
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
export { planShard, trainingStages } from './plan/shard-plan.ts';
export type { ShardPlan } from './plan/shard-plan.ts';
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
export type {
  LayerFacts,
  ResolvedLayer,
  ResolvedModel,
  ResolvedParameter,
} from './calls/resolved.ts';
