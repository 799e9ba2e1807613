// How a worker runs a phase with the others: it claims items until none is left, then ends the phase
// if it is elected, or waits for the one who is.
import type { Barrier } from './control/barrier.ts';
import type { Kept } from './control/kept.ts';
import { waitForChange } from './control/wait.ts';
import { isComplete, type Ticket } from './exchange/exchange.ts';
import type { PhaseName } from './phase-names.ts';
import type { Phase } from './phases/phase.ts';
import type { OwnWhereabouts } from './whereabouts.ts';
import { addPhaseTime } from './observe/worker-times.ts';

export interface PhaseRunnerOptions {
  readonly barrier: Barrier;
  readonly kept: Kept;
  /** How often a word is looked at before the thread sleeps. */
  readonly looks: number;
  readonly whereabouts: OwnWhereabouts;
  /** This worker's part of `SharedState.workerTimes`. */
  readonly times: Float64Array;
  onEnter(phase: PhaseName): void;
}

/** Runs `phase`; `next`, where there is one, may have items that run before this one has ended. */
export type RunPhase = (phase: Phase, next: Phase | null) => void;

export function createPhaseRunner(options: PhaseRunnerOptions): RunPhase {
  const { barrier, kept, looks, whereabouts, times, onEnter } = options;
  const lap = createStopwatch();

  const enter = (phase: Phase) => {
    // Another rank may have all of them.
    if (phase.items === 0) return whereabouts.endIn(phase.name);
    const item = Math.min(barrier.nextItem(phase), phase.items - 1);
    whereabouts.enter(phase.name, indexOf(phase, item));
  };

  const runItems = (phase: Phase, count: number) => {
    for (;;) {
      const item = barrier.claimItem(phase, count);
      if (item < 0) return;
      whereabouts.atItem(indexOf(phase, item));
      phase.run(item);
    }
  };

  /** The milliseconds that it waited. */
  const awaitRanks = (phase: PhaseName, tickets: readonly Ticket[]): number => {
    const open = tickets.filter((ticket) => !isComplete(ticket));
    if (open.length === 0) return 0;
    const begin = performance.now();
    whereabouts.exchange();
    for (const ticket of open) waitForChange(ticket, 0, 0, looks);
    whereabouts.endIn(phase);
    return performance.now() - begin;
  };

  const endForAll = (phase: Phase, running: number, waitedBefore: number) => {
    whereabouts.endIn(phase.name);
    const waited = awaitRanks(phase.name, phase.cross());
    phase.end();
    whereabouts.wait();
    const [ending, waiting] = [lap() - waited, waitedBefore + waited];
    addPhaseTime(times, { phase: phase.name, running, ending, waiting });
    barrier.release(phase);
  };

  /** The milliseconds that it waited for other ranks. */
  const settle = ({ started, name }: Phase): number => {
    if (started === undefined) return 0;
    const waited = awaitRanks(name, started.tickets());
    started.settle();
    return waited;
  };

  // The time it waited for others to keep their rows.
  const beginNext = (phase: Phase, next: Phase): number => {
    kept.waitFor(phase.items, looks);
    const waiting = lap();
    enter(next);
    runItems(next, next.earlyItems);
    whereabouts.wait();
    addPhaseTime(times, { phase: next.name, running: lap(), ending: 0, waiting: 0 });
    return waiting;
  };

  return (phase, next) => {
    const generation = barrier.generation();
    lap();
    enter(phase);
    onEnter(phase.name);
    runItems(phase, phase.items);
    const waited = settle(phase);
    const running = lap() - waited;
    if (barrier.arrive()) return endForAll(phase, running, waited);
    whereabouts.wait();
    const before = next !== null && next.earlyItems > 0 ? beginNext(phase, next) : 0;
    barrier.waitForEnd(generation);
    addPhaseTime(times, {
      phase: phase.name,
      running,
      ending: 0,
      waiting: waited + before + lap(),
    });
  };
}

/** By which messages name an item: a shard by its place in the batch or set, not in this rank's part. */
function indexOf({ firstShard = 0 }: Phase, item: number): number {
  return firstShard + item;
}

/** Milliseconds since it was read last. */
function createStopwatch(): () => number {
  let readAt = performance.now();
  return () => {
    const before = readAt;
    readAt = performance.now();
    return readAt - before;
  };
}
