// A convolution whose own map is its output, with or without ReLU.
import { elementCount } from '@convbook/core';
import { includesRelu, reluGradientInPlace } from '../activations/relu.ts';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import { after, type Place } from '../calls/place.ts';
import { isFrozen } from '../calls/resolved.ts';
import {
  convolveCall,
  directInputGradientCalls,
  directWeightGradientCalls,
  groupRanges,
} from './direct.ts';
import type { ConvGeometry, ConvSettings } from './geometry.ts';
import type { PlainStrategy, Way } from './strategy.ts';
import { swappedOrder, swapsWeights } from './swapped-weights.ts';
import { directKeepCalls } from './whole-batch.ts';
import { winogradKeepCalls, winogradWeightGradientCalls } from './winograd-gradient.ts';
import { winogradForwardCalls, winogradInputGradientCalls } from './winograd-pass.ts';

type Training = TrainingContext<ConvSettings>;

/** Directly, as in evaluation. */
export function directForwardCalls(context: EvaluationContext, geometry: ConvGeometry): Call[] {
  const { output, followedBy } = context;
  return groupRanges(geometry).map((range) =>
    convolveCall(
      context,
      geometry,
      range,
      after(output, range.first * geometry.outputPlane),
      includesRelu(followedBy),
    ),
  );
}

export function trainPlain(
  context: Training,
  geometry: ConvGeometry,
  strategy: PlainStrategy,
): TrainingCalls {
  const { output, outputGradient, followedBy, layer } = context;
  const hasRelu = includesRelu(followedBy);
  return {
    forward:
      strategy.forward === 'winograd'
        ? winogradForwardCalls(context, geometry, output, hasRelu)
        : directForwardCalls(context, geometry),
    weightGradient: [
      ...(hasRelu ? [reluGradientInPlace(context, elementCount(layer.outputShape))] : []),
      ...(isFrozen(layer) ? [] : weightGradientCalls(context, geometry, strategy.weightGradient)),
    ],
    inputGradient: swapsWeights(strategy)
      ? swappedInputGradientCalls(context, geometry)
      : inputGradientCalls(context, geometry, strategy.inputGradient, outputGradient),
  };
}

function swappedInputGradientCalls(context: Training, geometry: ConvGeometry): Call[] {
  const { inputGradient, outputGradient, batch } = context;
  if (!inputGradient) return [];
  const order = swappedOrder(geometry, batch.prepared());
  return directInputGradientCalls(context, geometry, outputGradient, inputGradient, order);
}

function weightGradientCalls(
  context: Training,
  geometry: ConvGeometry,
  way: PlainStrategy['weightGradient'],
): Call[] {
  const { outputGradient } = context;
  switch (way) {
    case 'direct':
      return [
        ...directWeightGradientCalls(context, geometry, outputGradient),
        ...biasGradientCalls(context, geometry, outputGradient),
      ];
    case 'winograd':
      return [
        ...winogradWeightGradientCalls(context, geometry, outputGradient),
        ...biasGradientCalls(context, geometry, outputGradient),
      ];
    case 'whole batch':
      return directKeepCalls(context, outputGradient);
    case 'whole batch winograd':
      return winogradKeepCalls(context, geometry, outputGradient);
    default:
      return way satisfies never;
  }
}

/** The gradient of the biases of a shard, from the gradient of the map; none without biases. */
export function biasGradientCalls(
  context: TrainingContext,
  { hasBias, filters, outputPlane }: ConvGeometry,
  gradient: Place,
): Call[] {
  if (!hasBias) return [];
  const dBias = context.gradient('bias');
  const sizes = { yPlane: outputPlane, filters, vectors: outputPlane / 16 };
  return [call('biasGradient', { dBias, dY: gradient, ...sizes })];
}

/** From the gradient of the map to that of the input; none where nothing needs it. */
export function inputGradientCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  way: Way,
  gradient: Place,
): Call[] {
  const { inputGradient } = context;
  if (!inputGradient) return [];
  switch (way) {
    case 'direct':
      return directInputGradientCalls(context, geometry, gradient, inputGradient);
    case 'winograd':
      return winogradInputGradientCalls(context, geometry, gradient, inputGradient);
    default:
      return way satisfies never;
  }
}
