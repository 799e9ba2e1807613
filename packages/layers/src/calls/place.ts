// Where arrays are in the shared memory. A plan names places symbolically; `link` turns them into
// addresses once the layout is known.

/**
 * `constants`: tables. `parameters`, `gradients`, `state`: one value for each parameter element.
 * `batch`: what a later phase reads of every shard. `exchange`: what crosses between ranks. `arena`: scratch of
 * one worker.
 */
export type Region = 'constants' | 'parameters' | 'gradients' | 'batch' | 'exchange' | 'arena';

/** A place in memory, before it is known where the regions start. */
export interface Place {
  readonly region: Region;
  /** Bytes from the region's start. */
  readonly offset: number;
}

/** The place `bytes` further on. */
export function after(place: Place, bytes: number): Place {
  return { region: place.region, offset: place.offset + bytes };
}

/** Regions, and the arrays in them, start at cache lines. */
export const alignment = 64;

/** The next place, in bytes, at which an array may start. */
export function alignUp(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
