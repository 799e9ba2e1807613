// The numbers that kernels read of the parameters, in their order: made once, for plans of any number of samples.
import { Allocator } from '../calls/allocator.ts';
import type { Place } from '../calls/place.ts';

/** Fills the floats of one entry, which are zero. */
export type Fill = (floats: Float32Array) => void;

interface Entry {
  readonly place: Place;
  readonly count: number;
  readonly fill: Fill;
}

export class StoredNumbers {
  readonly #memory = new Allocator('parameters');
  readonly #entries = new Map<string, Entry>();

  /** The place of `count` floats by their name, which `fill` makes when they are written. */
  place(name: string, count: number, fill: Fill): Place {
    const known = this.#entries.get(name);
    if (known) return known.place;
    const place = this.#memory.take(count * 4);
    this.#entries.set(name, { place, count, fill });
    return place;
  }

  get sizeBytes(): number {
    return this.#memory.sizeBytes;
  }

  /** Writes all entries; `start` is the region's first byte. */
  write(buffer: ArrayBuffer, start: number): void {
    for (const { place, count, fill } of this.#entries.values()) {
      fill(new Float32Array(buffer, start + place.offset, count));
    }
  }
}
