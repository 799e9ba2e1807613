// A kernel call as a plan has it: places instead of addresses, and every argument by its name.
import { kernelParameters, type Address, type KernelName, type Kernels } from '@convbook/core';
import type { Place } from './place.ts';

/** Null where a kernel is given no address: it reads 0. */
export type Argument = number | Place | null;

type Names<Kernel extends KernelName> = (typeof kernelParameters)[Kernel];

type Values<Kernel extends KernelName> = Parameters<Kernels[Kernel]>;

type ArgumentFor<Value> = [Value] extends [Address]
  ? Place
  : [Value] extends [Address | 0]
    ? Place | null
    : number;

/** What a kernel takes, by the names of its parameters. */
export type KernelArguments<Kernel extends KernelName> = {
  readonly [
    Index in keyof Names<Kernel> & `${number}` as Names<Kernel>[Index] & string
  ]: ArgumentFor<Values<Kernel>[Index & keyof Values<Kernel>]>;
};

/** What a call is a part of; a profile adds up by it. */
export interface CallRole {
  /** Name of the layer; of fused layers, the first one's. */
  readonly layer: string;
  readonly direction: 'forward' | 'input gradient' | 'weight gradient' | 'sum';
}

export interface Call {
  readonly kernel: KernelName;
  /** By the names of the kernel's parameters; `call` has checked that none is missing. */
  readonly values: Readonly<Record<string, Argument>>;
  readonly role?: CallRole;
  /** Leaves what a gradient is made from when all shards have left theirs. */
  readonly keeps?: true;
}

/** A call of a kernel with its arguments in any order. */
export function call<Kernel extends KernelName>(
  kernel: Kernel,
  values: KernelArguments<Kernel>,
): Call;
export function call(kernel: KernelName, values: Call['values']): Call {
  return { kernel, values };
}

/** Where a call writes: the kernel's first parameter. Null where it is given none. */
export function outputOf({ kernel, values }: Call): Place | null {
  const output = values[kernelParameters[kernel][0]];
  return typeof output === 'number' ? null : output;
}
