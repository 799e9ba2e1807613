// Who did what, and when, in a few steps: the spans of each worker, left in shared memory until the
// main thread logs the step. Watching never stops a run: where there is no room for a span, it is
// counted and left out.
import { highest, lowest } from '@convbook/core';
import { trainingStages, type BatchPlan } from '@convbook/layers';
import { mostTimelineSpans, mostTimelineWorkers, type TimingEvent } from '@convbook/run';
import { phaseNames } from './control.ts';
import type { Phase } from './phases.ts';
import { isSampled, slotAt, slotsOf } from './sampled-steps.ts';
import type { SharedState } from './shared-state.ts';
import { addSpan, clearSpans, placeNumbers, readSpans, type Span } from './span-place.ts';
import type { TrainingPlan } from './training-plan.ts';

export type TimelineEvent = Extract<TimingEvent, { event: 'timeline' }>;

/** With more shards a phase has one span a worker. */
const mostShards = 64;

/** Spans a worker has room for in a step, so that the slots of an epoch take at most 22 MB. */
const mostSpansOfWorker = 1024;

/** Phases whose items are shards. */
const shardPhases: readonly string[] = ['forward', 'forward and backward', 'backward'];

const isByShard = (shards: number) => shards <= mostShards;

/** Most spans of a worker: it does all shards of every stage and ends it, prepares, sums, updates. */
export function spansOf({ shards }: BatchPlan): number {
  const stages = trainingStages(shards[0]).length;
  return stages * (1 + (isByShard(shards.length) ? shards.length : 1)) + 3;
}

function roomOf({ full, last }: TrainingPlan): number {
  return Math.min(mostSpansOfWorker, Math.max(spansOf(full), spansOf(last)));
}

function recordedWorkers({ workers }: TrainingPlan): number {
  return Math.min(workers, mostTimelineWorkers);
}

/** Float64 numbers that the timelines of an epoch take. */
export function timelineNumbers(plan: TrainingPlan): number {
  return slotsOf('times', plan) * recordedWorkers(plan) * placeNumbers(roomOf(plan));
}

function placeOf({ plan, timeline }: SharedState, step: number, worker: number): Float64Array {
  const size = placeNumbers(roomOf(plan));
  const first = (slotAt('times', plan, step) * recordedWorkers(plan) + worker) * size;
  return timeline.subarray(first, first + size);
}

/** The phases of a step as they are, or with their spans written down where the step is sampled. */
export function recordSpans(
  state: SharedState,
  step: number,
  worker: number,
  phases: readonly Phase[],
): readonly Phase[] {
  const isRecorded = isSampled('times', state.plan, step) && worker < recordedWorkers(state.plan);
  if (!isRecorded) return phases;
  const place = placeOf(state, step, worker);
  clearSpans(place);
  return phases.map((phase) => {
    const byShard = shardPhases.includes(phase.name) && isByShard(phase.items);
    const record = (item: number, run: () => void) => {
      const from = milliseconds();
      run();
      const [at, to] = [phaseNames.indexOf(phase.name), milliseconds()];
      addSpan(place, { phase: at, shard: byShard ? item : -1, from, to });
    };
    return {
      ...phase,
      run: (item) => record(item, () => phase.run(item)),
      end: () => record(-1, () => phase.end()),
    };
  });
}

/** The timeline of a sampled step, null where no worker left one. Times are from its begin. */
export function readTimeline(
  state: SharedState,
  step: number,
  epoch: number,
): TimelineEvent | null {
  const { plan } = state;
  const workers = recordedWorkers(plan);
  const recorded = Array.from({ length: workers }, (_, worker) =>
    readSpans(placeOf(state, step, worker)),
  );
  const all = recorded.flatMap(({ spans }, worker) => spans.map((span) => ({ worker, ...span })));
  if (all.length === 0) return null;
  const begin = lowest(all.map(({ from }) => from));
  const end = highest(recorded.map(({ lastEnd }) => lastEnd));
  const fromBegin = (time: number) => Math.round((time - begin) * 1000) / 1000;
  const spans = firstSpans(all).map(({ worker, phase, shard, from, to }) => ({
    ...{ worker, phase: phaseNames[phase], shard: shard < 0 ? null : shard },
    ...{ from: fromBegin(from), to: fromBegin(to) },
  }));
  const spansLeftOut =
    recorded.reduce((sum, { leftOut }) => sum + leftOut, 0) + all.length - spans.length;
  const workersLeftOut = plan.workers - workers;
  return {
    ...{ event: 'timeline', step, epoch, milliseconds: fromBegin(end), spans },
    ...(workersLeftOut > 0 ? { workersLeftOut } : {}),
    ...(spansLeftOut > 0 ? { spansLeftOut } : {}),
  };
}

// Those that began first, worker by worker.
function firstSpans<Own extends Span & { worker: number }>(spans: readonly Own[]): Own[] {
  const inTime = [...spans].sort((a, b) => a.from - b.from);
  return inTime.slice(0, mostTimelineSpans).sort((a, b) => a.worker - b.worker);
}

// The clock of the whole machine: `performance.now()` of each thread has a beginning of its own.
function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
