import { addressAfter, kernelParameters, type Address, type Kernels } from '@convbook/core/kernels';
import type { Argument, Call } from '../calls/call.ts';
import type { Place, Region } from '../calls/place.ts';

/** Address of each region's first byte, as one worker sees them. */
export type RegionBases = Readonly<Record<Region, Address>>;

/** Any kernel, once the types of its arguments have been checked. */
export type Kernel = (...values: number[]) => unknown;

/** A call with its addresses worked out, its arguments in the order of the kernel's parameters. */
export interface LinkedCall {
  readonly kernel: Kernel;
  readonly values: readonly number[];
}

/** Address of a place in the memory that one worker sees. */
export function addressOf(place: Place, bases: RegionBases): Address {
  return addressAfter(bases[place.region], place.offset);
}

/** `around` may wrap a kernel, for example with a clock. */
export function linkCalls(
  calls: readonly Call[],
  kernels: Kernels,
  bases: RegionBases,
  around: (kernel: Kernel, call: Call) => Kernel = (kernel) => kernel,
): LinkedCall[] {
  return calls.map((call) => ({
    // `call` has checked what the kernel is given.
    kernel: around(kernels[call.kernel] as Kernel, call),
    values: kernelParameters[call.kernel].map((name) => numberFor(call.values[name], bases)),
  }));
}

/** Runs linked calls in order. */
export function runCalls(calls: readonly LinkedCall[]): void {
  // eslint-disable-next-line convbook/no-long-spread -- A kernel has at most 32 parameters.
  for (const { kernel, values } of calls) kernel(...values);
}

function numberFor(argument: Argument, bases: RegionBases): number {
  if (argument === null) return 0;
  return typeof argument === 'number' ? argument : addressOf(argument, bases);
}
