// Every layer there is. A new one is registered here: its kind in `innerKinds`, its function and its
// type among the exports, which are public.
import { activationKinds } from './activations/elementwise.ts';
import { preluKind } from './activations/prelu.ts';
import { reluKind } from './activations/relu.ts';
import { softmaxKind } from './activations/softmax.ts';
import { batchNormKind } from './batch-norm/batch-norm.ts';
import type { LayerKind } from './calls/layer-kind.ts';
import type { AnySpec } from './calls/resolved.ts';
import { conv2dKind } from './conv2d/conv2d.ts';
import { denseKind } from './dense/dense.ts';
import { dropoutKind } from './dropout/dropout.ts';
import { flattenKind } from './flatten/flatten.ts';
import { localResponseNormKind } from './local-response-norm/local-response-norm.ts';
import { avgPool2dKind } from './pool/avg-pool2d.ts';
import { globalAvgPool2dKind } from './pool/global-avg-pool2d.ts';
import { maxPool2dKind } from './pool/max-pool2d.ts';
import { minPool2dKind } from './pool/min-pool2d.ts';
import * as blocks from './residual/residual.ts';

export { elu, gelu, leakyRelu, sigmoid, silu, softplus, tanh } from './activations/elementwise.ts';
export type { EluSpec, GeluSpec, LeakyReluSpec } from './activations/elementwise.ts';
export type { SigmoidSpec, SiluSpec, SoftplusSpec, TanhSpec } from './activations/elementwise.ts';
export { prelu, type PreluSpec } from './activations/prelu.ts';
export { relu, type ReluSpec } from './activations/relu.ts';
export { softmax, type SoftmaxSpec } from './activations/softmax.ts';
export { batchNorm, type BatchNormSpec } from './batch-norm/batch-norm.ts';
export { conv2d, type Conv2dSpec } from './conv2d/conv2d.ts';
export { dense, type DenseSpec } from './dense/dense.ts';
export { dropout, type DropoutSpec } from './dropout/dropout.ts';
export { flatten, type FlattenSpec } from './flatten/flatten.ts';
export { localResponseNorm } from './local-response-norm/local-response-norm.ts';
export type { LocalResponseNormSpec } from './local-response-norm/local-response-norm.ts';
export { avgPool2d, type AvgPool2dSpec } from './pool/avg-pool2d.ts';
export { globalAvgPool2d, type GlobalAvgPool2dSpec } from './pool/global-avg-pool2d.ts';
export { maxPool2d, type MaxPool2dSpec } from './pool/max-pool2d.ts';
export { minPool2d, type MinPool2dSpec } from './pool/min-pool2d.ts';
export { residual } from './residual/residual.ts';

/** The layers that a residual block may hold, by their kind. */
export const innerKinds = {
  conv2d: conv2dKind,
  maxPool2d: maxPool2dKind,
  avgPool2d: avgPool2dKind,
  minPool2d: minPool2dKind,
  globalAvgPool2d: globalAvgPool2dKind,
  localResponseNorm: localResponseNormKind,
  batchNorm: batchNormKind,
  dropout: dropoutKind,
  relu: reluKind,
  ...activationKinds,
  prelu: preluKind,
  softmax: softmaxKind,
  flatten: flattenKind,
  dense: denseKind,
} as const;

type InnerKinds = typeof innerKinds;

/** A residual block as plain data. */
export type ResidualSpec = blocks.ResidualSpec<InnerSpec>;

type InnerSpec = Parameters<InnerKinds[keyof InnerKinds]['resolve']>[0];

/** A layer as plain data. */
export type LayerSpec = InnerSpec | ResidualSpec;

/** Every layer's description of itself, by its kind. */
export const layerKinds = { ...innerKinds, residual: blocks.residualKind(kindOf) } as const;

const anyKind: Readonly<Record<string, LayerKind<AnySpec>>> = layerKinds;

/** The kind of a resolved layer, for code that serves all of them. */
export function kindOf({ kind }: AnySpec): LayerKind<AnySpec> {
  return anyKind[kind];
}
