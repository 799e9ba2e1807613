import { alignUp, type Place, type Region } from './place.ts';

/** Hands out a region from its start; what was taken since a `mark` can be given back. */
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

  mark(): number {
    return this.#top;
  }

  release(mark: number): void {
    this.#top = mark;
  }

  /** Most bytes that were in use at once. */
  get sizeBytes(): number {
    return this.#highest;
  }
}

/** Tables of int32 that never change, each kept once. */
export class ConstantTables {
  readonly #places = new Map<string, Place>();
  readonly #words: number[] = [];

  place(table: Int32Array): Place {
    const key = table.join();
    const known = this.#places.get(key);
    if (known) return known;
    const place: Place = { region: 'constants', offset: this.#words.length * 4 };
    this.#places.set(key, place);
    for (const word of table) this.#words.push(word);
    while ((this.#words.length * 4) % 64 !== 0) this.#words.push(0);
    return place;
  }

  get words(): Int32Array {
    return Int32Array.from(this.#words);
  }
}
