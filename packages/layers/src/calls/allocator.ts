import { alignUp, type Place, type Region } from './place.ts';

/** Hands out the memory of a region in order; `release` gives back what was taken since a `mark`. */
export class Allocator {
  readonly region: Region;
  #top: number;
  #highest: number;

  constructor(region: Region, start = 0) {
    this.region = region;
    this.#top = start;
    this.#highest = start;
  }

  take(bytes: number): Place {
    const place = { region: this.region, offset: this.#top };
    this.#top = alignUp(this.#top + bytes);
    this.#highest = Math.max(this.#highest, this.#top);
    return place;
  }

  /** Places that the next `take` may reuse: for calls that run without others in between. */
  borrow<Sizes extends readonly number[]>(
    ...sizes: Sizes
  ): { readonly [Index in keyof Sizes]: Place } {
    const mark = this.mark();
    const places = sizes.map((bytes) => this.take(bytes));
    this.release(mark);
    return places as { readonly [Index in keyof Sizes]: Place };
  }

  mark(): number {
    return this.#top;
  }

  release(mark: number): void {
    this.#top = mark;
  }

  /** Most bytes in use at once. */
  get sizeBytes(): number {
    return this.#highest;
  }
}
