import { elementCount } from '@convbook/core';
import type { GroupContext, GroupPlan } from '../calls/contexts.ts';
import { call } from '../calls/place.ts';

export function planReluGroup(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient } = context;
  const vectors = (elementCount(layers[0].outputShape) * lanes) / 4;
  const needsGradient = outputGradient !== null && inputGradient !== null;
  return {
    forward: [call('relu', output, input, vectors)],
    backward: needsGradient
      ? [call('reluGradient', inputGradient, outputGradient, output, vectors)]
      : [],
  };
}
