import { dropoutPurpose, dropoutThreshold, elementCount } from '@convbook/core';
import { call, type Call } from './call.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';
import type { Place } from './place.ts';

/** In evaluation, a copy; in training, a mask that the gradient uses again. */
export function planDropout(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient, arena, draws } = context;
  const [{ outputShape, settings, index }] = layers;
  const positions = elementCount(outputShape);
  const vectors = (positions * lanes) / 4;
  if (!outputGradient) {
    return { forward: [copyCall(input, output, positions * lanes * 4)], backward: [] };
  }
  const rate = settings?.rate ?? 0;
  const mask = arena.take(positions * lanes * 4);
  return {
    forward: [
      call('dropoutMask', {
        mask,
        positions,
        laneBytes: lanes * 4,
        draws,
        purpose: dropoutPurpose(index),
        threshold: dropoutThreshold(rate),
        keep: 1 / (1 - rate),
      }),
      call('multiply', { y: output, a: input, b: mask, vectors }),
    ],
    backward: inputGradient
      ? [call('multiply', { y: inputGradient, a: outputGradient, b: mask, vectors })]
      : [],
  };
}

function copyCall(from: Place, to: Place, bytes: number): Call {
  return call('copyPlanes', {
    to,
    toPlane: bytes,
    toRow: bytes,
    from,
    fromPlane: bytes,
    fromRow: bytes,
    planes: 1,
    rows: 1,
    rowBytes: bytes,
  });
}
