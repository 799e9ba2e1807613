import type { LayerKind } from './calls/layer-kind.ts';
import type { AnySpec } from './calls/resolved.ts';
import { activationKinds, type ActivationSpec } from './activations/elementwise.ts';
import { avgPool2dKind, type AvgPool2dSpec } from './pool/avg-pool2d.ts';
import { batchNormKind, type BatchNormSpec } from './batch-norm/batch-norm.ts';
import { conv2dKind, type Conv2dSpec } from './conv2d/conv2d.ts';
import { denseKind, type DenseSpec } from './dense/dense.ts';
import { dropoutKind, type DropoutSpec } from './dropout/dropout.ts';
import { flattenKind, type FlattenSpec } from './flatten/flatten.ts';
import { globalAvgPool2dKind, type GlobalAvgPool2dSpec } from './pool/global-avg-pool2d.ts';
import {
  localResponseNormKind,
  type LocalResponseNormSpec,
} from './local-response-norm/local-response-norm.ts';
import { maxPool2dKind, type MaxPool2dSpec } from './pool/max-pool2d.ts';
import { minPool2dKind, type MinPool2dSpec } from './pool/min-pool2d.ts';
import { reluKind, type ReluSpec } from './activations/relu.ts';
import { softmaxKind, type SoftmaxSpec } from './activations/softmax.ts';

/** A layer as plain data. */
export type LayerSpec =
  | Conv2dSpec
  | MaxPool2dSpec
  | AvgPool2dSpec
  | MinPool2dSpec
  | GlobalAvgPool2dSpec
  | LocalResponseNormSpec
  | BatchNormSpec
  | DropoutSpec
  | ReluSpec
  | ActivationSpec
  | SoftmaxSpec
  | FlattenSpec
  | DenseSpec;

type KindOf<Name extends LayerSpec['kind']> = LayerKind<Extract<LayerSpec, { kind: Name }>>;

/** Every layer there is. */
export const layerKinds: { readonly [Name in LayerSpec['kind']]: KindOf<Name> } = {
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
  softmax: softmaxKind,
  flatten: flattenKind,
  dense: denseKind,
};

const anyKind: Readonly<Record<string, LayerKind<AnySpec>>> = layerKinds;

/** The kind of a resolved layer, for code that serves all of them. */
export function kindOf({ kind }: AnySpec): LayerKind<AnySpec> {
  return anyKind[kind];
}
