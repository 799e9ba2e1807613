// Which layer a call belongs to, and in which direction: a profile adds up times by it.
import type { Call, CallRole } from '../calls/call.ts';
import type { BatchSum, TrainingCalls } from '../calls/contexts.ts';

export type Direction = CallRole['direction'];

/** Calls with the role of a layer. */
export function inRole(calls: readonly Call[], layer: string, direction: Direction): Call[] {
  return calls.map((call) => ({ ...call, role: { layer, direction } }));
}

/** A sum with the role of its layer. */
export function sumInRole(
  { shard, batch }: BatchSum,
  layer: string,
  direction: Direction,
): BatchSum {
  return {
    shard: inRole(shard, layer, direction),
    batch: inRole(batch, layer, direction),
  };
}

/** The backward calls of a layer, in order. */
export function backwardInRole(
  { weightGradient = [], inputGradient }: TrainingCalls,
  layer: string,
): Call[] {
  return [
    ...inRole(weightGradient, layer, 'weight gradient'),
    ...inRole(inputGradient, layer, 'input gradient'),
  ];
}
