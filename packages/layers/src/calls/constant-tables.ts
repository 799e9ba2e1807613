import type { Place } from './place.ts';

/** Tables of int32 that never change, each kept once. */
export class ConstantTables {
  readonly #places = new Map<string, Place>();
  /** The same by the array itself: long ones that many calls share are looked through once. */
  readonly #known = new WeakMap<Int32Array, Place>();
  readonly #words: number[] = [];

  place(table: Int32Array): Place {
    const place = this.#known.get(table) ?? this.#placeOf(table);
    this.#known.set(table, place);
    return place;
  }

  #placeOf(table: Int32Array): Place {
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
