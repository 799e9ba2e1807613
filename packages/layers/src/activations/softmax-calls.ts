import { elementCount } from '@convbook/core';
import type { GroupContext, GroupPlan } from '../calls/contexts.ts';
import { call } from '../calls/place.ts';

export function planSoftmax(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient } = context;
  const [channels, ...positions] = layers[0].outputShape;
  const plane = elementCount(positions) * lanes * 4;
  const needsGradient = outputGradient !== null && inputGradient !== null;
  return {
    forward: [call('softmax', output, input, channels, plane)],
    backward: needsGradient
      ? [call('softmaxGradient', inputGradient, outputGradient, output, channels, plane)]
      : [],
  };
}
