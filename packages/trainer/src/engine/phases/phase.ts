import type { EvaluatedName } from '../evaluated-sets.ts';
import type { Crossing } from '../exchange/crossing.ts';
import type { Ticket } from '../exchange/exchange.ts';
import type { PhaseName } from '../phase-names.ts';

/** A part of a step. Its items may run on any worker in any order. */
export interface Phase {
  readonly name: PhaseName;
  /** Those of this rank. */
  readonly items: number;
  /** Where items are shards: this rank's first, by its index among those of all ranks. */
  readonly firstShard?: number;
  /** The first items, where these may run before earlier phases have ended; one phase of a step has such items. */
  readonly early: EarlyItems | null;
  /** Whether it is such an earlier phase: the last of the shards, or one between. */
  readonly admitsEarly?: boolean;
  run(item: number): void;
  /** Crossings that this worker started in its items: it settles them before the next phase. */
  readonly started?: StartedEarly;
  /** Once, when all items have run: starts what other ranks are to have of them. */
  cross(): readonly Ticket[];
  /** Once, when the tickets are complete, before anyone starts the next phase. */
  end(): void;
}

/**
 * Items that may run once what they read is there: who finds no more items of an earlier phase does not wait for
 * those that others still have.
 */
export interface EarlyItems {
  /** The first so many of the phase; at least 1. */
  readonly count: number;
  isReady(item: number): boolean;
  /** Waits until an item is ready; whoever waits has settled the crossings that it started. */
  waitFor(item: number, looks: number): void;
}

/** Crossings that a worker started while others compute. */
export interface StartedEarly {
  /** The ticket of the first that is not settled. */
  oldest(): Ticket | undefined;
  /** Once that is complete: puts what came where others read it. */
  settleOldest(): void;
}

export interface Phases {
  /** The phases of a batch of the epoch; valid until the next is asked for. */
  step(batch: number): readonly Phase[];
  evaluation(set: EvaluatedName): Phase;
}

/** How a phase ends whose items leave something for other ranks. */
export function endingWith(
  crossings: readonly Crossing[],
  end: () => void,
): Pick<Phase, 'cross' | 'end'> {
  return {
    cross: () => crossings.map((crossing) => crossing.start()),
    end() {
      for (const crossing of crossings) crossing.finish();
      end();
    },
  };
}
