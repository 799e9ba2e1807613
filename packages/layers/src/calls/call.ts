// A kernel call as a plan has it: places instead of addresses, and every argument by its name.
import type { Address, kernelParameters, KernelName, Kernels } from '@convbook/core/kernels';
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

/** A kernel's arguments by the names of its parameters. */
export type KernelArguments<Kernel extends KernelName> = {
  readonly [
    Index in keyof Names<Kernel> & `${number}` as Names<Kernel>[Index] & string
  ]: ArgumentFor<Values<Kernel>[Index & keyof Values<Kernel>]>;
};

/** The layer and direction that a call works for; a profile adds up times by it. */
export interface CallRole {
  /** Name of the layer; of fused layers, the first one's. */
  readonly layer: string;
  readonly direction: 'forward' | 'input gradient' | 'weight gradient' | 'sum';
}

/** A shard's part of rows that hold all samples of a section. */
export interface KeptRows {
  readonly to: Place;
  readonly rows: number;
  readonly planes: number;
  /** Bytes from a plane to the next, and from a row to the next. */
  readonly toPlane: number;
  readonly toRow: number;
  /** Bytes of a row that are the shard's. */
  readonly rowBytes: number;
}

/** A kernel call with its arguments by name; places stand for addresses. */
export interface Call {
  readonly kernel: KernelName;
  /** By the names of the kernel's parameters; `call` has checked that none is missing. */
  readonly values: Readonly<Record<string, Argument>>;
  readonly role?: CallRole;
  /** The rows that the call writes of what shards keep for a gradient made from the whole batch. */
  readonly keeps?: KeptRows;
}

/** A call of a kernel with its arguments in any order. */
export function call<Kernel extends KernelName>(
  kernel: Kernel,
  values: KernelArguments<Kernel>,
): Call;
export function call(kernel: KernelName, values: Call['values']): Call {
  return { kernel, values };
}
