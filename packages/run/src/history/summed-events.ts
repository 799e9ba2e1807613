// How workers and layers spent their time, an event an epoch: where there are many, their sum says
// the same.
import type { TimingEvent } from '../events/events.ts';

export type WorkersEvent = Extract<TimingEvent, { event: 'workers' }>;
export type ProfileEvent = Extract<TimingEvent, { event: 'profile' }>;

/** The events added up: one for each number of workers, that of the last event last. */
export function sumWorkers(events: readonly WorkersEvent[]): WorkersEvent[] {
  const sums = new Map<number, WorkersEvent>();
  for (const event of events) {
    const { length } = event.workers;
    const before = sums.get(length);
    sums.delete(length); // the last one comes last
    sums.set(length, before === undefined ? event : addWorkers(before, event));
  }
  return [...sums.values()];
}

function addWorkers(a: WorkersEvent, b: WorkersEvent): WorkersEvent {
  const workers = b.workers.map((phases, worker) => {
    const sums = new Map<string, WorkersEvent['workers'][number][number]>();
    for (const { phase, running, ending, waiting } of [...a.workers[worker], ...phases]) {
      const before = sums.get(phase) ?? { phase, running: 0, ending: 0, waiting: 0 };
      sums.set(phase, {
        phase,
        running: before.running + running,
        ending: before.ending + ending,
        waiting: before.waiting + waiting,
      });
    }
    return [...sums.values()];
  });
  return { ...b, workers };
}

/** The events added up, as one. */
export function sumProfiles(events: readonly ProfileEvent[]): ProfileEvent[] {
  const last = events.at(-1);
  if (last === undefined) return [];
  const sums = new Map<string, Map<string, number>>();
  for (const { layer, direction, milliseconds } of events.flatMap(({ parts }) => parts)) {
    const directions = sums.get(layer) ?? new Map<string, number>();
    directions.set(direction, (directions.get(direction) ?? 0) + milliseconds);
    sums.set(layer, directions);
  }
  const parts = [...sums].flatMap(([layer, directions]) =>
    [...directions].map(([direction, milliseconds]) => ({ layer, direction, milliseconds })),
  );
  return [{ ...last, steps: events.reduce((sum, { steps }) => sum + steps, 0), parts }];
}

export interface SummedList<Event> {
  add(event: Event): void;
  list(): Event[];
}

/** Events that are added up whenever they weigh more than `most`. */
export function createSummedList<Event>(
  most: number,
  weigh: (event: Event) => number,
  sum: (events: readonly Event[]) => Event[],
): SummedList<Event> {
  let [events, weight, limit]: [Event[], number, number] = [[], 0, most];
  return {
    add(event) {
      events.push(event);
      weight += weigh(event);
      if (weight <= limit) return;
      events = sum(events);
      weight = events.reduce((total, one) => total + weigh(one), 0);
      limit = Math.max(most, 2 * weight);
    },
    list: () => [...events],
  };
}
