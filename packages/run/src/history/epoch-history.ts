// The epochs of a run as tables and curves need them. Each is as the log has it: where there are many,
// every n-th is kept, and besides those that pages name.

/** An epoch of either log. */
interface Numbered {
  epoch: number;
}

/** More epochs than a chart can tell apart: below, a run has each. */
const mostEpochs = 1024;

/** A value of an epoch that is better the lower it is; the best epoch is kept. */
export type Measure<Event> = (event: Event) => number | undefined;

export interface EpochHistory<Event> {
  add(event: Event): void;
  readonly count: number;
  /** Every n-th epoch is kept. */
  readonly stride: number;
  /** In the order of the log: the first, the last, the best, and each `stride`-th. */
  list(): Event[];
}

/**
 * Keeps at most `most` epochs that are multiples of a stride: the same ones of every log that is as long.
 *
 * @param measures By which the best are kept, the first of equals.
 */
export function createEpochHistory<Event extends Numbered>(
  measures: readonly Measure<Event>[],
  most = mostEpochs,
): EpochHistory<Event> {
  let kept: { event: Event; place: number }[] = [];
  let [count, stride] = [0, 1];
  let last: { event: Event; place: number } | null = null;
  const best = measures.map((measure) => ({
    measure,
    value: Infinity,
    found: null as { event: Event; place: number } | null,
  }));
  return {
    add(event) {
      const entry = { event, place: count++ };
      last = entry;
      for (const one of best) {
        const value = one.measure(event) ?? Infinity;
        if (value < one.value) [one.value, one.found] = [value, entry];
      }
      if (entry.place > 0 && event.epoch % stride !== 0) return;
      kept.push(entry);
      while (kept.length > most && stride < Number.MAX_SAFE_INTEGER) {
        stride *= 2;
        kept = kept.filter(({ place, event }) => place === 0 || event.epoch % stride === 0);
      }
    },
    get count() {
      return count;
    },
    get stride() {
      return stride;
    },
    list() {
      const named = best.map(({ found }) => found);
      const all = [...kept, ...named, last].filter((entry) => entry !== null);
      return [...new Set(all)].sort((a, b) => a.place - b.place).map(({ event }) => event);
    },
  };
}
