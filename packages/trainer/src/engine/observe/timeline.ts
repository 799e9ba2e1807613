// Main side of the timeline: what the workers recorded, logged when the step is.
import { highest, lowest } from '@convbook/core';
import { mostTimelineSpans, type TimingEvent } from '@convbook/run';
import { phaseNames } from '../phase-names.ts';
import type { SharedState } from '../shared-state.ts';
import { readSpans, type Span } from './span-place.ts';
import { placeOf, recordedWorkers } from './timeline-place.ts';

export type TimelineEvent = Extract<TimingEvent, { event: 'timeline' }>;

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
    worker,
    phase: phaseNames[phase],
    shard: shard < 0 ? null : shard,
    from: fromBegin(from),
    to: fromBegin(to),
  }));
  const spansLeftOut =
    recorded.reduce((sum, { leftOut }) => sum + leftOut, 0) + all.length - spans.length;
  const workersLeftOut = plan.workers - workers;
  return {
    event: 'timeline',
    step,
    epoch,
    milliseconds: fromBegin(end),
    spans,
    ...(workersLeftOut > 0 ? { workersLeftOut } : {}),
    ...(spansLeftOut > 0 ? { spansLeftOut } : {}),
  };
}

// Those that began first, worker by worker.
function firstSpans<Own extends Span & { worker: number }>(spans: readonly Own[]): Own[] {
  const inTime = [...spans].sort((a, b) => a.from - b.from);
  return inTime.slice(0, mostTimelineSpans).sort((a, b) => a.worker - b.worker);
}
