import { elementCount } from '@convbook/core';
import { call } from './call.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';

export function planSoftmax(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient } = context;
  const [channels, ...positions] = layers[0].outputShape;
  const plane = elementCount(positions) * lanes * 4;
  const needsGradient = outputGradient !== null && inputGradient !== null;
  return {
    forward: [call('softmax', { y: output, x: input, channels, plane })],
    backward: needsGradient
      ? [
          call('softmaxGradient', {
            dX: inputGradient,
            dY: outputGradient,
            y: output,
            channels,
            plane,
          }),
        ]
      : [],
  };
}
