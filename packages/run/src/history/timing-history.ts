// The events of timing.ndjson in bounded memory, however many the log has: rare ones as they are, sums
// where sums say the same, and of the others every n-th.
import type { TimingEvent } from '../events/events.ts';
import { createEpochHistory } from './epoch-history.ts';
import { createSummedList, sumProfiles, sumWorkers } from './summed-events.ts';
import { createThinnedList } from './thinned-list.ts';

type EventOf<Name extends TimingEvent['event']> = Extract<TimingEvent, { event: Name }>;
type EpochTimes = EventOf<'epoch'>;

/** More measurements of the speed, and more interruptions, than a page shows. */
const mostProgress = 4096;
const mostInterruptions = 1024;
/** Spans of all timelines, and phases or layers of all sums. */
const mostParts = 32_768;

export interface TimingHistory {
  add(event: TimingEvent): void;
  /** How often the run began or went on, and how often it replaced its workers. */
  readonly starts: number;
  readonly faults: number;
  events(): TimingEvent[];
}

export function createTimingHistory(): TimingHistory {
  let [starts, faults] = [0, 0];
  const interruptions = createThinnedList<TimingEvent>({ most: mostInterruptions });
  const speed = createSpeedHistory();
  const epochs = createEpochTimes();
  const timelines = createThinnedList<EventOf<'timeline'>>({
    most: mostParts,
    weigh: ({ spans }) => 1 + spans.length,
  });
  const workers = createSummedList<EventOf<'workers'>>(
    mostParts,
    (event) => 1 + event.workers.reduce((sum, phases) => sum + phases.length, 0),
    sumWorkers,
  );
  const profiles = createSummedList<EventOf<'profile'>>(
    mostParts,
    ({ parts }) => 1 + parts.length,
    sumProfiles,
  );
  let end: TimingEvent[] = [];
  return {
    add(event) {
      if (event.event === 'start') starts++;
      if (event.event === 'fault') faults++;
      if (event.event === 'progress') speed.add(event);
      else if (event.event === 'epoch') epochs.add(event);
      else if (event.event === 'timeline') timelines.add(event);
      else if (event.event === 'workers') workers.add(event);
      else if (event.event === 'profile') profiles.add(event);
      else if (event.event === 'end') end = [event];
      else interruptions.add(event);
    },
    get starts() {
      return starts;
    },
    get faults() {
      return faults;
    },
    events: () => [
      ...interruptions.list(),
      ...speed.list(),
      ...epochs.list(),
      ...timelines.list(),
      ...workers.list(),
      ...profiles.list(),
      ...end,
    ],
  };
}

/** Every n-th measurement of the speed, the lowest and the highest. */
function createSpeedHistory() {
  type Progress = EventOf<'progress'>;
  const list = createThinnedList<Progress>({ most: mostProgress });
  let [lowest, highest]: [Progress | null, Progress | null] = [null, null];
  return {
    add(event: Progress) {
      list.add(event);
      if (lowest === null || event.imagesPerSecond < lowest.imagesPerSecond) lowest = event;
      if (highest === null || event.imagesPerSecond > highest.imagesPerSecond) highest = event;
    },
    list(): Progress[] {
      const events = list.list();
      const missing = [lowest, highest].filter((one) => one !== null && !events.includes(one));
      if (missing.length === 0) return events;
      return [...new Set([...events, ...missing])]
        .filter((one) => one !== null)
        .sort((a, b) => a.step - b.step);
    },
  };
}

/** Every n-th epoch, with the training time since the one before that is kept. */
function createEpochTimes() {
  const history = createEpochHistory<{ epoch: number; event: EpochTimes; seconds: number }>([]);
  let seconds = 0;
  return {
    add(event: EpochTimes) {
      seconds += event.trainSeconds;
      history.add({ epoch: event.epoch, event, seconds });
    },
    list(): EpochTimes[] {
      const kept = history.list();
      if (history.stride === 1) return kept.map(({ event }) => event);
      return kept.map(({ event, seconds }, k) => ({
        ...event,
        trainSeconds: seconds - (k === 0 ? 0 : kept[k - 1].seconds),
      }));
    },
  };
}
