// How workers share the items of a phase and meet at its end, where the last to arrive is elected to
// end it for all. What the end does is the phase's business.
import { waitForChange } from './wait.ts';
import { ARRIVED, NEXT, NEXT_EARLY, PHASE } from './words.ts';

/** A phase as the barrier sees it. */
export interface SharedItems {
  readonly items: number;
  /** Not null where it may begin before the previous phase has ended: it has a counter of its own. */
  readonly early: object | null;
}

export interface Barrier {
  /** The number of the running phase. Read before `arrive`: whoever is elected raises it. */
  generation(): number;
  /** The next item that nobody has claimed. */
  nextItem(phase: SharedItems): number;
  /** Claims an item below `count`; -1 where none is left. */
  claimItem(phase: SharedItems, count: number): number;
  /** No more items here; whether this worker is the last, who ends the phase. */
  arrive(): boolean;
  /** Elected: lets the others go on to the next phase. */
  release(phase: SharedItems): void;
  /** Not elected: waits until the phase with this number has ended. */
  waitForEnd(generation: number): void;
  /** Main thread, before a job: a job that halted leaves items claimed. */
  reset(): void;
  /** Words that change when workers get on. */
  signs(): readonly number[];
}

export function createBarrier(words: Int32Array, workers: number, looks: number): Barrier {
  const counterOf = ({ early }: SharedItems) => (early ? NEXT_EARLY : NEXT);
  return {
    generation: () => Atomics.load(words, PHASE),
    nextItem: (phase) => Atomics.load(words, counterOf(phase)),
    claimItem(phase, count) {
      const counter = counterOf(phase);
      for (;;) {
        const item = Atomics.load(words, counter);
        if (item >= count) return -1;
        // Compared, so that the counter never passes `count`: later items are claimed later.
        if (Atomics.compareExchange(words, counter, item, item + 1) === item) return item;
      }
    },
    // Atomic: what a worker wrote in its items is there for whoever counts it.
    arrive: () => Atomics.add(words, ARRIVED, 1) + 1 === workers,
    release(phase) {
      Atomics.store(words, ARRIVED, 0);
      Atomics.store(words, counterOf(phase), 0);
      // Last: whoever sees it may claim items of the next phase.
      Atomics.add(words, PHASE, 1);
      Atomics.notify(words, PHASE);
    },
    waitForEnd: (generation) => void waitForChange(words, PHASE, generation, looks),
    reset() {
      words[NEXT_EARLY] = 0;
    },
    signs: () => [PHASE, NEXT, NEXT_EARLY, ARRIVED].map((word) => Atomics.load(words, word)),
  };
}
