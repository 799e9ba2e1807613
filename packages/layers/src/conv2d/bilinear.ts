// A convolution by fewer products than taps, with or without ReLU.
import { elementCount } from '@convbook/core';
import { includesRelu, reluGradientInPlace } from '../activations/relu.ts';
import type { Call } from '../calls/call.ts';
import type { TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import { isFrozen } from '../calls/resolved.ts';
import { bilinearKeepCalls, bilinearWeightGradientCalls } from './bilinear-gradient.ts';
import { bilinearForwardCalls, bilinearInputGradientCalls } from './bilinear-pass.ts';
import type { ConvGeometry, ConvSettings } from './geometry.ts';
import { biasGradientCalls } from './plain.ts';
import type { BilinearStrategy } from './strategy.ts';

type Training = TrainingContext<ConvSettings>;

export function trainBilinear(
  context: Training,
  geometry: ConvGeometry,
  strategy: BilinearStrategy,
): TrainingCalls {
  const { output, outputGradient, inputGradient, followedBy, layer } = context;
  const { scheme } = strategy;
  const hasRelu = includesRelu(followedBy);
  return {
    forward: bilinearForwardCalls(context, geometry, scheme, output, hasRelu),
    weightGradient: [
      ...(hasRelu ? [reluGradientInPlace(context, elementCount(layer.outputShape))] : []),
      ...(isFrozen(layer) ? [] : weightGradientCalls(context, geometry, strategy)),
    ],
    inputGradient: inputGradient
      ? bilinearInputGradientCalls(context, geometry, scheme, outputGradient, inputGradient)
      : [],
  };
}

function weightGradientCalls(
  context: Training,
  geometry: ConvGeometry,
  { scheme, weightGradient }: BilinearStrategy,
): Call[] {
  const { outputGradient } = context;
  switch (weightGradient) {
    case 'bilinear':
      return [
        ...bilinearWeightGradientCalls(context, geometry, scheme, outputGradient),
        ...biasGradientCalls(context, geometry, outputGradient),
      ];
    case 'whole batch bilinear':
      return bilinearKeepCalls(context, geometry, scheme, outputGradient);
    default:
      return weightGradient satisfies never;
  }
}
