// Where things are in the shared memory. A plan names places symbolically; `link` turns them into
// addresses once the layout is known.
import type { KernelName } from '@convbook/core';

/**
 * `constants`: tables. `parameters`, `gradients`, `state`: one value for each parameter element.
 * `batch`: what a later phase reads of every shard. `arena`: scratch of one worker.
 */
export type Region = 'constants' | 'parameters' | 'gradients' | 'batch' | 'arena';

export interface Place {
  readonly region: Region;
  /** Bytes from the region's start. */
  readonly offset: number;
}

/** What a call is a part of; a profile adds up by it. */
export interface CallRole {
  /** Name of the layer, of a group's first. */
  readonly layer: string;
  readonly direction: 'forward' | 'input gradient' | 'weight gradient' | 'sum';
}

/** A kernel call: places and numbers in the order of the kernel's parameters, the output first. */
export interface Call {
  readonly kernel: KernelName;
  readonly values: readonly (number | Place)[];
  readonly role?: CallRole;
  /** Leaves what a gradient is made from when all shards have left theirs. */
  readonly keeps?: true;
}

export function call(kernel: KernelName, ...values: (number | Place)[]): Call {
  return { kernel, values };
}

/** The place `bytes` further on. */
export function after(place: Place, bytes: number): Place {
  return { region: place.region, offset: place.offset + bytes };
}

/** Regions start, and buffers in them, at cache lines. */
export const alignment = 64;

export function alignUp(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
