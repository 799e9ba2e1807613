import type { GroupContext, GroupPlan } from '../calls/contexts.ts';
import { call } from '../calls/place.ts';

export function planLocalResponseNorm(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient, arena } = context;
  const [channels, height, width] = layers[0].outputShape;
  const { half, alpha, beta, k } = layers[0].settings ?? {};
  const plane = height * width * lanes * 4;
  const scale = arena.take(channels * plane);
  const forward = [
    call('localResponseNorm', output, scale, input, channels, plane, half, alpha, beta, k),
  ];
  if (!outputGradient || !inputGradient) return { forward, backward: [] };
  const mark = arena.mark();
  const shares = arena.take(channels * plane);
  arena.release(mark);
  return {
    forward,
    backward: [
      call(
        'localResponseNormGradient',
        ...[inputGradient, outputGradient, input, output, scale, shares],
        ...[channels, plane, half, alpha, beta],
      ),
    ],
  };
}
