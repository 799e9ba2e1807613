import type { Kernels } from '@convbook/core';
import type { Call, Place, Region } from './place.ts';

/** Address of each region's first byte, as one worker sees them. */
export type RegionBases = Readonly<Record<Region, number>>;

/** A call with its addresses worked out. */
export interface LinkedCall {
  readonly kernel: (...values: number[]) => number;
  readonly values: readonly number[];
}

export function addressOf(place: Place, bases: RegionBases): number {
  return bases[place.region] + place.offset;
}

export function linkCalls(
  calls: readonly Call[],
  kernels: Kernels,
  bases: RegionBases,
): LinkedCall[] {
  return calls.map(({ kernel, values }) => ({
    kernel: kernels[kernel],
    values: values.map((value) => (typeof value === 'number' ? value : addressOf(value, bases))),
  }));
}

export function runCalls(calls: readonly LinkedCall[]): void {
  for (const { kernel, values } of calls) kernel(...values);
}
