// The plain loops of each layer, which specify its kernels.
import { activationReference } from './activations/elementwise.ts';
import { preluReference } from './activations/prelu.ts';
import { reluReference } from './activations/relu.ts';
import { softmaxReference } from './activations/softmax.ts';
import { batchNormReference } from './batch-norm/batch-norm.ts';
import type { LayerReference } from './calls/layer-kind.ts';
import type { AnySpec } from './calls/resolved.ts';
import { conv2dReference } from './conv2d/conv2d.ts';
import { denseReference } from './dense/dense.ts';
import { dropoutReference } from './dropout/dropout.ts';
import { flattenReference } from './flatten/flatten.ts';
import { localResponseNormReference } from './local-response-norm/local-response-norm.ts';
import { avgPool2dReference } from './pool/avg-pool2d.ts';
import { globalAvgPool2dReference } from './pool/global-avg-pool2d.ts';
import { maxPool2dReference } from './pool/max-pool2d.ts';
import { minPool2dReference } from './pool/min-pool2d.ts';
import type { LayerSpec } from './registry.ts';
import { residualReference } from './residual/reference.ts';

const references: Readonly<Record<LayerSpec['kind'], LayerReference>> = {
  conv2d: conv2dReference,
  maxPool2d: maxPool2dReference,
  avgPool2d: avgPool2dReference,
  minPool2d: minPool2dReference,
  globalAvgPool2d: globalAvgPool2dReference,
  localResponseNorm: localResponseNormReference,
  batchNorm: batchNormReference,
  dropout: dropoutReference,
  relu: reluReference,
  sigmoid: activationReference('sigmoid'),
  tanh: activationReference('tanh'),
  softplus: activationReference('softplus'),
  leakyRelu: activationReference('leakyRelu'),
  elu: activationReference('elu'),
  gelu: activationReference('gelu'),
  silu: activationReference('silu'),
  prelu: preluReference,
  softmax: softmaxReference,
  flatten: flattenReference,
  dense: denseReference,
  residual: residualReference(referenceOf),
};

const anyReference: Readonly<Record<string, LayerReference>> = references;

/** The reference of a layer. */
export function referenceOf({ kind }: AnySpec): LayerReference {
  return anyReference[kind];
}
