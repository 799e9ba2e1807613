// Worker side of the timeline: who did what, and when, in a few steps.
import { phaseNames } from '../phase-names.ts';
import type { Phase } from '../phases/phase.ts';
import { isSampled } from './sampled-steps.ts';
import type { SharedState } from '../shared-state.ts';
import { addSpan, clearSpans } from './span-place.ts';
import { isByShard, placeOf, recordedWorkers } from './timeline-place.ts';

/** Phases whose items are shards. */
const shardPhases: readonly string[] = ['forward', 'forward and backward', 'backward'];

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

// The clock of the whole machine: `performance.now()` of each thread has a beginning of its own.
function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
