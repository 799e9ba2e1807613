import { elementCount } from '@convbook/core';
import { call } from './call.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';

export function planReluGroup(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient } = context;
  const vectors = (elementCount(layers[0].outputShape) * lanes) / 4;
  const needsGradient = outputGradient !== null && inputGradient !== null;
  return {
    forward: [call('relu', { y: output, x: input, vectors })],
    backward: needsGradient
      ? [call('reluGradient', { dX: inputGradient, dY: outputGradient, y: output, vectors })]
      : [],
  };
}
