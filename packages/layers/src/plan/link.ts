import type { Kernels } from '@convbook/core';
import type { Call, Place, Region } from './place.ts';

/** Address of each region's first byte, as one worker sees them. */
export type RegionBases = Readonly<Record<Region, number>>;

export type Kernel = (...values: number[]) => number;

/** A call with its addresses worked out. */
export interface LinkedCall {
  readonly kernel: Kernel;
  readonly values: readonly number[];
}

export function addressOf(place: Place, bases: RegionBases): number {
  return bases[place.region] + place.offset;
}

/** `around` may put something around a kernel, such as a clock; without it nothing is. */
export function linkCalls(
  calls: readonly Call[],
  kernels: Kernels,
  bases: RegionBases,
  around: (kernel: Kernel, call: Call) => Kernel = (kernel) => kernel,
): LinkedCall[] {
  return calls.map((call) => ({
    kernel: around(kernels[call.kernel], call),
    values: call.values.map((value) =>
      typeof value === 'number' ? value : addressOf(value, bases),
    ),
  }));
}

export function runCalls(calls: readonly LinkedCall[]): void {
  // eslint-disable-next-line convbook/no-long-spread -- A kernel has at most 32 parameters.
  for (const { kernel, values } of calls) kernel(...values);
}
