/** Events of a log, every n-th where they are many. */
export interface ThinnedList<Event> {
  add(event: Event): void;
  /** In the order of the log: the first, the last, and those between that are kept. */
  list(): Event[];
}

export interface ThinnedListOptions<Event> {
  /** Most that the kept events weigh together. */
  most: number;
  /** The weight of an event; 1 by default. */
  weigh?: (event: Event) => number;
  /** Whether an event is kept in any case; there must be few. */
  isPinned?: (event: Event) => boolean;
}

/** A list that halves whenever it gets too heavy: its memory does not grow with the log. */
export function createThinnedList<Event>({
  most,
  weigh = () => 1,
  isPinned = () => false,
}: ThinnedListOptions<Event>): ThinnedList<Event> {
  let kept: { event: Event; place: number; weight: number; pinned: boolean }[] = [];
  let [stride, count, weight] = [1, 0, 0];
  let last: Event | undefined;
  const halve = () => {
    stride *= 2;
    kept = kept.filter(({ place, pinned }) => pinned || place % stride === 0);
    weight = kept.reduce((sum, one) => sum + one.weight, 0);
  };
  return {
    add(event) {
      const [place, pinned] = [count++, isPinned(event)];
      last = event;
      if (!pinned && place % stride !== 0) return;
      const own = weigh(event);
      kept.push({ event, place, weight: own, pinned });
      weight += own;
      while (weight > most && stride < count) halve();
    },
    list() {
      const events = kept.map(({ event }) => event);
      if (last !== undefined && events.at(-1) !== last) events.push(last);
      return events;
    },
  };
}
