import { dropoutPurpose, dropoutThreshold, elementCount } from '@convbook/core';
import type { GroupContext, GroupPlan } from '../calls/contexts.ts';
import { call } from '../calls/place.ts';

/** In evaluation, a copy; in training, a mask that the gradient uses again. */
export function planDropout(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient, arena, draws } = context;
  const [{ outputShape, settings, index }] = layers;
  const positions = elementCount(outputShape);
  const vectors = (positions * lanes) / 4;
  if (!outputGradient) {
    const bytes = positions * lanes * 4;
    return { forward: [call('copyPlanes', output, 0, 0, input, 0, 0, 1, 1, bytes)], backward: [] };
  }
  const rate = settings?.rate ?? 0;
  const mask = arena.take(positions * lanes * 4);
  const [purpose, threshold] = [dropoutPurpose(index), dropoutThreshold(rate)];
  return {
    forward: [
      call('dropoutMask', mask, positions, lanes * 4, draws, purpose, threshold, 1 / (1 - rate)),
      call('multiply', output, input, mask, vectors),
    ],
    backward: inputGradient ? [call('multiply', inputGradient, outputGradient, mask, vectors)] : [],
  };
}
