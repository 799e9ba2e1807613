// How a worker runs a phase with the others: it claims items until none is left, then ends the phase
// if it is elected, or waits for the one who is.
import type { Barrier } from './control/barrier.ts';
import { waitForChange } from './control/wait.ts';
import { isComplete, type Ticket } from './exchange/exchange.ts';
import type { PhaseName } from './phase-names.ts';
import type { EarlyItems, Phase } from './phases/phase.ts';
import type { OwnWhereabouts } from './whereabouts.ts';
import { addPhaseTime } from './observe/worker-times.ts';

export interface PhaseRunnerOptions {
  readonly barrier: Barrier;
  /** How often a word is looked at before the thread sleeps. */
  readonly looks: number;
  readonly whereabouts: OwnWhereabouts;
  /** This worker's part of `SharedState.workerTimes`. */
  readonly times: Float64Array;
  onEnter(phase: PhaseName): void;
}

/** Runs `phase`; a later one may have items that run before this one has ended. */
export type RunPhase = (phase: Phase, later: Phase | null) => void;

export function createPhaseRunner(options: PhaseRunnerOptions): RunPhase {
  const { barrier, looks, whereabouts, times, onEnter } = options;
  const lap = createStopwatch();

  const enter = (phase: Phase) => {
    // Another rank may have all of them.
    if (phase.items === 0) return whereabouts.endIn(phase.name);
    const item = Math.min(barrier.nextItem(phase), phase.items - 1);
    whereabouts.enter(phase.name, indexOf(phase, item));
  };

  const runItems = (phase: Phase, count: number, prepare?: (item: number) => void) => {
    for (;;) {
      const item = barrier.claimItem(phase, count);
      if (item < 0) return;
      whereabouts.atItem(indexOf(phase, item));
      prepare?.(item);
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

  /** Settles the crossings that this worker started, until it has what it wants; the milliseconds that it waited. */
  const settle = ({ started, name }: Phase, hasAll: () => boolean): number => {
    let waited = 0;
    for (let ticket; !hasAll() && (ticket = started?.oldest());) {
      waited += awaitRanks(name, [ticket]);
      started?.settleOldest();
    }
    return waited;
  };

  /** Runs early items of a later phase; the milliseconds that it waited for what they read. */
  const runEarly = (phase: Phase, later: Phase, early: EarlyItems): number => {
    enter(later);
    let waited = 0;
    runItems(later, early.count, (item) => {
      waited += settle(phase, () => early.isReady(item));
      if (early.isReady(item)) return whereabouts.enter(later.name, item);
      const begin = performance.now();
      whereabouts.wait();
      early.waitFor(item, looks);
      whereabouts.enter(later.name, item);
      waited += performance.now() - begin;
    });
    waited += settle(phase, () => false);
    whereabouts.wait();
    addPhaseTime(times, { phase: later.name, running: lap() - waited, ending: 0, waiting: 0 });
    return waited;
  };

  /** `before` waits; so does `early`, which it runs while others' crossings are under way. */
  const endForAll = (phase: Phase, running: number, before: number, early: () => number) => {
    whereabouts.endIn(phase.name);
    const tickets = phase.cross();
    const crossing = lap();
    const waitedEarly = tickets.every(isComplete) ? 0 : early();
    whereabouts.endIn(phase.name);
    const waited = awaitRanks(phase.name, tickets);
    phase.end();
    whereabouts.wait();
    const [ending, waiting] = [crossing + lap() - waited, before + waitedEarly + waited];
    addPhaseTime(times, { phase: phase.name, running, ending, waiting });
    barrier.release(phase);
  };

  return (phase, later) => {
    const generation = barrier.generation();
    lap();
    enter(phase);
    onEnter(phase.name);
    runItems(phase, phase.items);
    const early = later?.early ?? null;
    // Else it waits for the crossings that it started as early items want them.
    const waited = early ? 0 : settle(phase, () => false);
    const running = lap() - waited;
    const begin = () => (later && early ? runEarly(phase, later, early) : 0);
    if (barrier.arrive()) return endForAll(phase, running, waited, begin);
    whereabouts.wait();
    const before = waited + begin();
    barrier.waitForEnd(generation);
    addPhaseTime(times, { phase: phase.name, running, ending: 0, waiting: before + lap() });
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
