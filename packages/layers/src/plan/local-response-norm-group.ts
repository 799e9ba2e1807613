import { call } from './call.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';

export function planLocalResponseNorm(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient, arena } = context;
  const [channels, height, width] = layers[0].outputShape;
  const { half, alpha, beta, k } = layers[0].settings ?? {};
  const plane = height * width * lanes * 4;
  const scale = arena.take(channels * plane);
  const forward = [
    call('localResponseNorm', {
      y: output,
      scale,
      x: input,
      channels,
      plane,
      half,
      alpha,
      beta,
      k,
    }),
  ];
  if (!outputGradient || !inputGradient) return { forward, backward: [] };
  const mark = arena.mark();
  const shares = arena.take(channels * plane);
  arena.release(mark);
  return {
    forward,
    backward: [
      call('localResponseNormGradient', {
        dX: inputGradient,
        dY: outputGradient,
        x: input,
        y: output,
        scale,
        shares,
        channels,
        plane,
        half,
        alpha,
        beta,
      }),
    ],
  };
}
