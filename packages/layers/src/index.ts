// Layers are exported where they are registered.
export * from './registry.ts';
export { initializeParameters } from './model/initialize.ts';
export { branchesOf, type Branches } from './model/branches.ts';
export { defineModel, resolveModel } from './model/model.ts';
export type { ModelSpec, ResolvedLayer, ResolvedModel } from './model/model.ts';
export type { Pair } from './settings/pair.ts';
export { presetFor, presets } from './presets/index.ts';
export { simpleConvnet } from './presets/simple-convnet.ts';
export type { PresetData } from './presets/preset.ts';
export { toCheckedModel } from './model/check.ts';
export { copyParameters, sayMisfits, tensorMisfits } from './model/tensor-misfits.ts';
export type { TensorMisfit, TensorPlace, TensorType } from './model/tensor-misfits.ts';
export { allRows, summarize } from './model/summary.ts';
export type { LayerSummary, ModelSummary } from './model/summary.ts';
export type { LossSpec } from './losses/registry.ts';
export type { SoftmaxCrossEntropySpec } from './losses/softmax-cross-entropy.ts';
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
export type { ResolvedParameter } from './calls/resolved.ts';
