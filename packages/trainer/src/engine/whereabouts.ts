// Where each worker is, in shared memory: a thread that ends cannot say where it was.
import { phaseNames, type PhaseName } from './phase-names.ts';

/** Words of each worker: a cache line, so that no two share one. */
export const whereaboutsWords = 16;

// The first word: one of these, or `BUSY` and the index of the phase.
const STARTING = 0;
const WAITING = 1;
const EXCHANGING = 2;
const BUSY = 3;
// The second word in place of an item.
const AT_END = -1;

/** A worker writes where it is. */
export interface OwnWhereabouts {
  wait(): void;
  /** Begins a phase; `item` is what it fails at before it has claimed one. */
  enter(phase: PhaseName, item: number): void;
  atItem(item: number): void;
  /** Ends the phase. */
  endIn(phase: PhaseName): void;
  /** Waits for other ranks. */
  exchange(): void;
}

export function createWhereabouts(all: Int32Array, worker: number): OwnWhereabouts {
  const words = all.subarray(worker * whereaboutsWords, (worker + 1) * whereaboutsWords);
  return {
    wait: () => void (words[0] = WAITING),
    enter(phase, item) {
      words[0] = BUSY + phaseNames.indexOf(phase);
      words[1] = item;
    },
    atItem: (item) => void (words[1] = item),
    endIn(phase) {
      words[0] = BUSY + phaseNames.indexOf(phase);
      words[1] = AT_END;
    },
    exchange: () => void (words[0] = EXCHANGING),
  };
}

/** Where a worker was. */
export interface Whereabouts {
  /** From 0; null where no single worker is to blame. */
  readonly worker: number | null;
  /** Steps of the run that were finished. */
  readonly stepsDone: number;
  readonly phase: PhaseName | null;
  /**
   * Item of the phase. Where items are shards, the shard by its index in the batch or set of all ranks.
   * Null where it was about to end the phase.
   */
  readonly item: number | null;
}

/** Where worker `worker` is. */
export function readWhereabouts(all: Int32Array, worker: number, stepsDone: number): Whereabouts {
  const [doing, item] = all.subarray(worker * whereaboutsWords);
  const phase = doing >= BUSY ? phaseNames[doing - BUSY] : null;
  return { worker, stepsDone, phase, item: phase === null || item === AT_END ? null : item };
}

/** The worker the others wait for: one that is busy, else one that has not started. */
export function readStraggler(all: Int32Array, stepsDone: number): Whereabouts {
  const workers = Array.from({ length: all.length / whereaboutsWords }, (_, i) => i);
  const doing = (worker: number) => all[worker * whereaboutsWords];
  const found =
    workers.find((worker) => doing(worker) >= BUSY) ??
    workers.find((worker) => doing(worker) === STARTING);
  if (found !== undefined) return readWhereabouts(all, found, stepsDone);
  return { worker: null, stepsDone, phase: null, item: null };
}

/** Whether a worker waits for other ranks. */
export function isExchanging(all: Int32Array): boolean {
  return readDoings(all).includes(EXCHANGING);
}

/** The first word of each worker. */
export function readDoings(all: Int32Array): Int32Array {
  return all.filter((_, at) => at % whereaboutsWords === 0);
}
