// The part of each layer that only training needs. It stands apart from registry.ts: who imports that alone, as a page that only
// predicts, is without backward passes.
import { activationTraining } from './activations/elementwise.ts';
import { preluTraining } from './activations/prelu.ts';
import { reluTraining } from './activations/relu.ts';
import { softmaxTraining } from './activations/softmax.ts';
import { batchNormTraining } from './batch-norm/batch-norm.ts';
import type { LayerTraining } from './calls/layer-kind.ts';
import type { AnySpec } from './calls/resolved.ts';
import { conv2dTraining } from './conv2d/calls.ts';
import { denseTraining } from './dense/dense.ts';
import { dropoutTraining } from './dropout/dropout.ts';
import { localResponseNormTraining } from './local-response-norm/local-response-norm.ts';
import { avgPoolTraining } from './pool/avg-calls.ts';
import { maxPoolTraining, minPoolTraining } from './pool/extreme-calls.ts';
import type { LayerSpec } from './registry.ts';
import { residualTraining } from './residual/calls.ts';

const trainings: Readonly<Record<LayerSpec['kind'], LayerTraining | null>> = {
  conv2d: conv2dTraining,
  maxPool2d: maxPoolTraining,
  avgPool2d: avgPoolTraining,
  minPool2d: minPoolTraining,
  globalAvgPool2d: avgPoolTraining,
  localResponseNorm: localResponseNormTraining,
  batchNorm: batchNormTraining,
  dropout: dropoutTraining,
  relu: reluTraining,
  sigmoid: activationTraining('sigmoid'),
  tanh: activationTraining('tanh'),
  softplus: activationTraining('softplus'),
  leakyRelu: activationTraining('leakyRelu'),
  elu: activationTraining('elu'),
  gelu: activationTraining('gelu'),
  silu: activationTraining('silu'),
  prelu: preluTraining,
  softmax: softmaxTraining,
  flatten: null,
  dense: denseTraining,
  residual: residualTraining,
};

const anyTraining: Readonly<Record<string, LayerTraining | null>> = trainings;

/** The part of a layer that only training needs. */
export function trainingOf({ kind }: AnySpec): LayerTraining {
  const training = anyTraining[kind];
  if (training === null) throw new Error(`${kind}: moves no data, so it has no training`);
  return training;
}
