// How well the workers were used: what each spent the training steps with, and one step in detail.
import type { TimingEvent } from '@convbook/run';

export type Timeline = Extract<TimingEvent, { event: 'timeline' }>;

/** The kinds of work, and waiting. */
export const works = ['shards', 'sums', 'updates', 'waiting'] as const;
export type Work = (typeof works)[number];

/** Seconds of one worker in all measured training steps. */
export type WorkerLoad = Readonly<Record<Work, number>>;

/** The kind of work of each phase, by its name in timing.ndjson. */
export function workOf(phase: string): Work {
  if (phase === 'sum over shards') return 'sums';
  return phase === 'update' || phase === 'trust ratios' ? 'updates' : 'shards';
}

/** Whether what has no shard in a phase is its end, which adds up what the shards left. */
export function endsShards(phase: string): boolean {
  return workOf(phase) === 'shards' && phase !== 'prepare';
}

/** The work of each worker, summed over the epochs since the number of workers last changed. */
export function workerLoads(timing: readonly TimingEvent[]): WorkerLoad[] {
  const all = timing.filter((event) => event.event === 'workers');
  const count = all.at(-1)?.workers.length ?? 0;
  const events = all.filter(({ workers }) => workers.length === count);
  return Array.from({ length: count }, (_, worker) => {
    const load = { shards: 0, sums: 0, updates: 0, waiting: 0 };
    for (const { phase, running, ending, waiting } of events.flatMap(
      (one) => one.workers[worker],
    )) {
      load[workOf(phase)] += running + ending;
      load.waiting += waiting;
    }
    return load;
  });
}

/** Part of the workers' time in which they worked, 0 to 1. */
export function busyShare(loads: readonly WorkerLoad[]): number {
  const waiting = loads.reduce((sum, load) => sum + load.waiting, 0);
  const all = loads.reduce(
    (sum, load) => sum + works.reduce((own, work) => own + load[work], 0),
    0,
  );
  return all === 0 ? 0 : 1 - waiting / all;
}

/** The recorded step of median duration; null where there is none. */
export function typicalTimeline(timing: readonly TimingEvent[]): Timeline | null {
  const all = timing.filter((event) => event.event === 'timeline' && event.spans.length > 0);
  const sorted = (all as Timeline[]).sort(
    (a, b) => a.milliseconds - b.milliseconds || a.step - b.step,
  );
  return sorted[sorted.length >> 1] ?? null;
}
