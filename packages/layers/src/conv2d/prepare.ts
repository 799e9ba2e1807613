// What a convolution makes of its weights once a step, before any shard, where its kernels read them otherwise.
import type { Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { bilinearPrepareCalls, bilinearPreparedBytes } from './bilinear-weights.ts';
import { toConvShape, type ConvSettings, type ConvShape } from './geometry.ts';
import type { ConvStrategy } from './strategy.ts';
import { swapCalls, swappedBytes, swapsWeights } from './swapped-weights.ts';
import { winogradPrepareCalls, winogradPreparedBytes } from './winograd-weights.ts';

/** Bytes of the weights made ready, scratch included; 0 where none are. */
export function preparedBytes(shape: ConvShape, strategy: ConvStrategy): number {
  if (strategy.kind === 'bilinear') return bilinearPreparedBytes(shape, strategy.scheme);
  if (swapsWeights(strategy)) return swappedBytes(shape);
  return usesWinograd(strategy) ? winogradPreparedBytes(shape) : 0;
}

export function prepareCalls(
  context: TrainingContext<ConvSettings>,
  strategy: ConvStrategy,
): Call[] {
  if (strategy.kind === 'bilinear') {
    return bilinearPrepareCalls(context, toConvShape(context.layer), strategy.scheme);
  }
  return swapsWeights(strategy) ? swapCalls(context) : winogradPrepareCalls(context, strategy);
}

function usesWinograd({ forward, inputGradient }: ConvStrategy): boolean {
  return forward === 'winograd' || inputGradient === 'winograd';
}
