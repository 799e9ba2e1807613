// Who did what, and when, in a few steps: the spans of each worker, left in shared memory until the
// main thread logs the step.
import type { TimingEvent } from '@convbook/run';
import { phaseNames } from './control.ts';
import type { Phase } from './phases.ts';
import { isSampled, slotAt, slotsOf } from './sampled-steps.ts';
import type { SharedState } from './shared-state.ts';
import type { TrainingPlan } from './training-plan.ts';

export type TimelineEvent = Extract<TimingEvent, { event: 'timeline' }>;
type Span = TimelineEvent['spans'][number];

/** Phase, shard or -1, begin and end. */
const spanNumbers = 4;

/** Of more shards a step has one span a phase and worker. */
const mostShards = 64;

/** Phases whose items are shards. */
const shardPhases: readonly string[] = ['forward', 'forward and backward', 'backward'];

/** Spans a worker has room for in a step: all shards of every stage, and twice each phase. */
function mostSpans({ full, last }: TrainingPlan): number {
  const shards = Math.max(full.shards.length, last.shards.length);
  return phaseNames.length * (2 + Math.min(shards, mostShards));
}

/** Float64 numbers of a worker in a slot: how many spans, and these. */
function workerNumbers(plan: TrainingPlan): number {
  return 1 + spanNumbers * mostSpans(plan);
}

/** Float64 numbers that the timelines of an epoch take. */
export function timelineNumbers(plan: TrainingPlan): number {
  return slotsOf('times', plan) * plan.workers * workerNumbers(plan);
}

function placeOf({ plan, timeline }: SharedState, step: number, worker: number): Float64Array {
  const size = workerNumbers(plan);
  const first = (slotAt('times', plan, step) * plan.workers + worker) * size;
  return timeline.subarray(first, first + size);
}

/** The phases of a step as they are, or with their spans written down where the step is sampled. */
export function recordSpans(
  state: SharedState,
  step: number,
  worker: number,
  phases: readonly Phase[],
): readonly Phase[] {
  if (!isSampled('times', state.plan, step)) return phases;
  const place = placeOf(state, step, worker);
  place[0] = 0;
  return phases.map((phase) => {
    const isByShard = shardPhases.includes(phase.name) && phase.items <= mostShards;
    const record = (item: number, run: () => void) => {
      const from = milliseconds();
      run();
      addSpan(place, phaseNames.indexOf(phase.name), isByShard ? item : -1, from);
    };
    return {
      ...phase,
      run: (item) => record(item, () => phase.run(item)),
      end: () => record(-1, () => phase.end()),
    };
  });
}

function addSpan(place: Float64Array, phase: number, shard: number, from: number): void {
  const last = 1 + (place[0] - 1) * spanNumbers;
  const to = milliseconds();
  // What is not told apart is one span.
  if (place[0] > 0 && shard < 0 && place[last] === phase && place[last + 1] < 0) {
    place[last + 3] = to;
    return;
  }
  place.set([phase, shard, from, to], last + spanNumbers);
  place[0]++;
}

/** The timeline of a sampled step, null where no worker left one. Times are from its begin. */
export function readTimeline(
  state: SharedState,
  step: number,
  epoch: number,
): TimelineEvent | null {
  const spans = Array.from({ length: state.plan.workers }, (_, worker) =>
    readSpans(placeOf(state, step, worker), worker),
  ).flat();
  if (spans.length === 0) return null;
  const begin = Math.min(...spans.map(({ from }) => from));
  const fromBegin = (time: number) => Math.round((time - begin) * 1000) / 1000;
  const shifted = spans.map((span) => ({
    ...span,
    ...{ from: fromBegin(span.from), to: fromBegin(span.to) },
  }));
  const milliseconds = Math.max(...shifted.map(({ to }) => to));
  return { event: 'timeline', step, epoch, milliseconds, spans: shifted };
}

function readSpans(place: Float64Array, worker: number): Span[] {
  return Array.from({ length: place[0] }, (_, k) => {
    const [phase, shard, from, to] = place.subarray(1 + k * spanNumbers);
    return { worker, phase: phaseNames[phase], shard: shard < 0 ? null : shard, from, to };
  });
}

// Of the whole machine: `performance.now()` of each thread has a beginning of its own.
function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
