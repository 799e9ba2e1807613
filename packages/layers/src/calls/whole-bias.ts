import { call } from './call.ts';
import { oneRow } from './gradient-item.ts';
import type { WholeBatchContext, WholeBatchPart } from './whole-batch.ts';

/** The gradient of a bias of each filter, from the output's gradient in kept array `which`. */
export function wholeBiasPart(
  { gradient }: WholeBatchContext,
  { filters, positions, which }: { filters: number; positions: number; which: number },
): WholeBatchPart {
  return {
    parameter: 'bias',
    gradient: oneRow(gradient('bias'), filters),
    sum({ kept, rowBytes }, { place: dBias }, divisor) {
      const yPlane = positions * rowBytes;
      return [call('wholeBiasGradient', { dBias, dY: kept[which], yPlane, filters, divisor })];
    },
  };
}
