import type { WindowFacts } from '../layer-kind.ts';
import type { ResolvedLayer } from '../model.ts';
import { forwardTaps, windowProgram } from '../window-program.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';
import { call, type Call, type Place } from './place.ts';

/** The calls of a max pooling layer, for any number of channels at any place. */
export interface PoolCalls {
  /** Bytes of one channel's pooled map. */
  readonly outputPlane: number;
  forward(y: Place, index: Place, x: Place, channels: number, hasRelu: boolean): Call;
  backward(dX: Place, dY: Place, index: Place, channels: number): Call[];
}

export function poolCalls(
  pool: ResolvedLayer,
  { lanes, tables }: Pick<GroupContext, 'lanes' | 'tables'>,
): PoolCalls {
  const { kernelSize, stride, padding } = pool.window as WindowFacts;
  const [, ...inputSize] = pool.inputShape;
  const [, ...outputSize] = pool.outputShape;
  const axis = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], kernelSize[i], stride[i], padding[i]);
  const program = tables.place(windowProgram(axis(0), axis(1), inputSize[1], kernelSize[1], lanes));
  const inputPlane = inputSize[0] * inputSize[1] * lanes * 4;
  const outputPlane = outputSize[0] * outputSize[1] * lanes * 4;
  const overlap = stride[0] < kernelSize[0] || stride[1] < kernelSize[1];
  const covers =
    !overlap &&
    [0, 1].every((i) => padding[i] === 0 && outputSize[i] * kernelSize[i] === inputSize[i]);
  return {
    outputPlane,
    forward: (y, index, x, channels, hasRelu) =>
      call('maxPool', y, outputPlane, index, x, inputPlane, channels, program, hasRelu ? 1 : 0),
    backward: (dX, dY, index, channels) => [
      ...(covers ? [] : [call('clear', dX, channels * inputPlane)]),
      call(
        'maxPoolGradient',
        ...[dX, inputPlane, dY, outputPlane, index, channels, program, overlap ? 1 : 0],
      ),
    ],
  };
}

export function planPoolGroup(context: GroupContext): GroupPlan {
  const [pool] = context.layers;
  const { arena, input, output, outputGradient, inputGradient } = context;
  const pooling = poolCalls(pool, context);
  const channels = pool.outputShape[0];
  const index = arena.take((channels * pooling.outputPlane) / 2);
  const needsGradient = outputGradient !== null && inputGradient !== null;
  return {
    forward: [pooling.forward(output, index, input, channels, false)],
    backward: needsGradient ? pooling.backward(inputGradient, outputGradient, index, channels) : [],
  };
}
