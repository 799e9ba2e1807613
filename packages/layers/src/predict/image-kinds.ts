// How each kind of layer computes images; null: it moves no data.
import type { LayerSpec } from '../registry.ts';
import { conv2dImages } from './convolution.ts';
import { denseImages } from './dense.ts';
import {
  activationImages,
  dropoutImages,
  reluImages,
  residualImages,
  sigmoidImages,
} from './elementwise.ts';
import type { ImageKind } from './image-kind.ts';
import { localResponseNormImages, softmaxImages } from './planes.ts';
import { avgPoolKind, maxPoolKind, minPoolKind } from './pool.ts';
import { batchNormImages, preluImages } from './rows.ts';

export const imageKinds: Readonly<Record<LayerSpec['kind'], ImageKind | null>> = {
  conv2d: conv2dImages,
  dense: denseImages,
  maxPool2d: maxPoolKind,
  minPool2d: minPoolKind,
  avgPool2d: avgPoolKind,
  globalAvgPool2d: avgPoolKind,
  batchNorm: batchNormImages,
  localResponseNorm: localResponseNormImages,
  softmax: softmaxImages,
  prelu: preluImages,
  relu: reluImages,
  sigmoid: sigmoidImages,
  tanh: activationImages('tanh'),
  softplus: activationImages('softplus'),
  leakyRelu: activationImages('leakyRelu'),
  elu: activationImages('elu'),
  gelu: activationImages('gelu'),
  silu: activationImages('silu'),
  dropout: dropoutImages,
  residual: residualImages,
  flatten: null,
};
