// Where the time of some steps went, for timing.ndjson: by worker and phase, and by layer.
import type { TimingEvent } from '@convbook/run';
import type { Profile } from '../engine/observe/profile.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { readPhaseTimes } from '../engine/observe/worker-times.ts';

type WorkersEvent = Extract<TimingEvent, { event: 'workers' }>;
type ProfileEvent = Extract<TimingEvent, { event: 'profile' }>;

/** Forgets what the workers measured; they must be waiting. */
export function clearTimes({ workerTimes, profile }: SharedState): void {
  workerTimes.fill(0);
  profile.milliseconds.fill(0);
}

/** Seconds of each worker in the training steps since the times were cleared, null without workers. */
export function workersEvent(
  { workerTimes, plan }: SharedState,
  at: { step: number; epoch: number },
): WorkersEvent | null {
  const workers = Array.from({ length: plan.workers }, (_, worker) => {
    const phases = readPhaseTimes(workerTimes, worker)
      .filter(({ phase }) => phase !== 'evaluation')
      .map(({ phase, ...times }) => ({ phase, ...inSeconds(times) }));
    return phases.filter(({ running, ending, waiting }) => running + ending + waiting > 0);
  });
  return workers.some((phases) => phases.length > 0) ? { event: 'workers', ...at, workers } : null;
}

function inSeconds(times: { running: number; ending: number; waiting: number }) {
  const seconds = (milliseconds: number) => Math.round(milliseconds * 1000) / 1e6;
  return {
    running: seconds(times.running),
    ending: seconds(times.ending),
    waiting: seconds(times.waiting),
  };
}

/** Milliseconds of each layer in all timed steps since the times were cleared, null without any. */
export function profileEvent(
  { profile }: SharedState,
  at: { step: number; epoch: number },
  steps: number,
): ProfileEvent | null {
  const parts = partsOf(profile);
  return steps > 0 && parts.length > 0 ? { event: 'profile', ...at, steps, parts } : null;
}

/** Sums over kernels and workers. */
function partsOf({ parts, milliseconds }: Profile): ProfileEvent['parts'] {
  const sums = new Map<string, ProfileEvent['parts'][number]>();
  milliseconds.forEach((time, at) => {
    const { layer, direction } = parts[at % parts.length];
    const name = `${layer} ${direction}`;
    const before = sums.get(name)?.milliseconds ?? 0;
    sums.set(name, { layer, direction, milliseconds: before + time });
  });
  return [...sums.values()]
    .filter((part) => part.milliseconds > 0)
    .map((part) => ({ ...part, milliseconds: Math.round(part.milliseconds * 1000) / 1000 }));
}
