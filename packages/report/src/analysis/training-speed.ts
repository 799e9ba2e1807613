// How fast a run trained in each interval. The log has the mean since the epoch's begin, which rises after
// every slow start and falls back with every epoch: its differences are the speed.
import type { Run, TimingEvent } from '@convbook/run';

/** Some steps of an epoch that follow one another. */
export interface SpeedInterval {
  /** The step before the first of them, and the last of them. */
  readonly from: number;
  readonly to: number;
  readonly images: number;
  readonly seconds: number;
}

/** Intervals shorter than this are joined with the next. */
const leastSeconds = 0.5;

/** Images and seconds since the begin of an epoch, at a step of it. */
interface Moment {
  readonly epoch: number;
  readonly step: number;
  readonly images: number;
  readonly seconds: number;
}

/** The speed in each interval of about a second, without the time of tests between epochs. */
export function speedIntervals(run: Run): SpeedInterval[] {
  const byEpoch = new Map<number, Moment[]>();
  for (const moment of momentsOf(run)) {
    byEpoch.set(moment.epoch, [...(byEpoch.get(moment.epoch) ?? []), moment]);
  }
  const epochs = [...byEpoch].sort(([a], [b]) => a - b);
  return epochs.flatMap(([epoch, moments]) =>
    intervalsOf(moments, (epoch - 1) * (run.stepsPerEpoch ?? 0)),
  );
}

/** Images a second of an interval. */
export function speedOf({ images, seconds }: SpeedInterval): number {
  return images / seconds;
}

/** The log's moments within epochs, and the epochs' ends where it has each. */
function momentsOf({ timing, record, stepsPerEpoch, epochs, epochCount }: Run): Moment[] {
  if (stepsPerEpoch === null) return [];
  const { batchSize } = record.configuration;
  const hasEach = epochs.length === epochCount;
  return timing.flatMap((event: TimingEvent): Moment[] => {
    if (event.event !== 'progress' && event.event !== 'epoch') return [];
    const { step, epoch, imagesPerSecond } = event;
    if (imagesPerSecond <= 0) return [];
    if (event.event === 'epoch') {
      const { trainSeconds: seconds } = event;
      return hasEach ? [{ epoch, step, images: seconds * imagesPerSecond, seconds }] : [];
    }
    const images = (step - (epoch - 1) * stepsPerEpoch) * batchSize;
    return [{ epoch, step, images, seconds: images / imagesPerSecond }];
  });
}

/** @param before The last step of the epoch before. */
function intervalsOf(moments: readonly Moment[], before: number): SpeedInterval[] {
  const intervals: SpeedInterval[] = [];
  let last = { step: before, images: 0, seconds: 0 };
  const end = moments.length - 1;
  [...moments]
    .sort((a, b) => a.step - b.step)
    .forEach((moment, k) => {
      const seconds = moment.seconds - last.seconds;
      const images = moment.images - last.images;
      if (images <= 0 || seconds <= 0 || (seconds < leastSeconds && k < end)) return;
      const own = { from: last.step, to: moment.step, images, seconds };
      const previous = intervals.at(-1);
      if (seconds < leastSeconds && previous !== undefined) {
        intervals[intervals.length - 1] = joined(previous, own);
      } else intervals.push(own);
      last = moment;
    });
  return intervals;
}

/** At most so many intervals: neighbours as one. */
export function fewerIntervals(intervals: readonly SpeedInterval[], most: number): SpeedInterval[] {
  const together = Math.max(1, Math.ceil(intervals.length / most));
  return Array.from({ length: Math.ceil(intervals.length / together) }, (_, k) =>
    intervals.slice(k * together, (k + 1) * together).reduce(joined),
  );
}

function joined(a: SpeedInterval, b: SpeedInterval): SpeedInterval {
  return { from: a.from, to: b.to, images: a.images + b.images, seconds: a.seconds + b.seconds };
}
