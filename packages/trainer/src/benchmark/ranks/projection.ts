// The time of a step on several ranks: their computing follows from one worker's profile, the crossings between them
// from the α-β model. Pure functions; all times are seconds.
import { highest, lowest } from '@convbook/core';
import { sum } from '../run-slices.ts';
import { crossingSeconds, type Network } from './network.ts';
import { partsOfRanks } from '../../engine/exchange/shared-items.ts';
import type { StepParts } from './step-parts.ts';
import {
  crossingsOf,
  shareOut,
  type CutBatch,
  type SharedBatch,
  type SizedCrossing,
  type StepSizes,
  type Way,
} from './traffic.ts';

/** Equal ranks on equal machines. */
export interface Cluster {
  readonly ranks: number;
  /** Threads of a rank. */
  readonly workers: number;
  /** Cores that a rank may use: fewer than `workers`, or less than one, where ranks share a machine's. */
  readonly cores: number;
  /** Whether ranks are on one machine: bytes cross by its cores, and nothing is hidden. */
  readonly sharesHost?: boolean;
  readonly network: Network;
}

/** A model's training, measured and counted. */
export interface MeasuredStep {
  readonly parts: StepParts;
  readonly sizes: StepSizes;
}

/** Seconds of a step, and the way that its whole-batch gradients go. */
export interface ProjectedStep {
  readonly way: Way;
  readonly compute: number;
  /** All crossings, as if no rank computed meanwhile. */
  readonly exchange: number;
  /** The part of them that is over before anyone waits. */
  readonly hidden: number;
  /** `compute + exchange - hidden` */
  readonly total: number;
}

/** Items that a parameter is cut into, at most: so many workers share it out. */
const itemsPerParameter = 16;

/** A step of a batch: computing, then what crosses. */
export function projectStep(
  { parts, sizes }: MeasuredStep,
  batch: CutBatch,
  { ranks, workers, cores, network, sharesHost = false }: Cluster,
): ProjectedStep {
  const share = shareOut(sizes, batch, ranks);
  const { way } = share;
  const own = ownLanes(batch, share, ranks);
  const crossings = crossingsOf(sizes, batch, ranks);
  const isShared = crossings.some(({ what }) => what === 'shared');
  const wholeParts = isShared ? partsOfRanks(own.map(sum)) : own.map(() => 1);
  // Whoever has no more shards begins with gradients: only their last shard is waited for.
  const shards = own.map((lanes, rank) => {
    const samples = way === 'sections' ? sum(lanes) : samplesOf(batch) * wholeParts[rank];
    const [longest, whole] = [parts.lane * longestOf(lanes, workers), parts.wholeSample * samples];
    const total = parts.lane * sum(lanes) + whole;
    return { longest: Math.max(longest, total / Math.min(workers, itemsPerParameter)), total };
  });
  const parameters = own.map((_, rank) => {
    const additions = additionCount(batch, share, ranks, rank);
    const copies = copiedBytes(crossings, rank) / Math.max(1, sizes.wholeBytes);
    const memory = parts.addition * (additions + copies * copyPerAddition);
    const total = parts.parameters + memory;
    return { longest: total / Math.min(workers, itemsPerParameter), total };
  });
  const compute = phaseSeconds(shards, cores) + phaseSeconds(parameters, cores) + parts.serial;
  const time = (some: readonly SizedCrossing[]) =>
    sum(some.map(({ received }) => crossingSeconds(network, received, ranks)));
  const exchange = time(crossings);
  const room = sharesHost ? 0 : backwardOfLast(parts, batch);
  const hidden = Math.min(room, time(crossings.filter(({ what }) => what === 'rows')));
  return { way, compute, exchange, hidden, total: compute + exchange - hidden };
}

/** A copy reads one and writes one; an addition reads two. */
const copyPerAddition = 2 / 3;

/** Bytes that a rank puts where they cross, and from there to their places. */
function copiedBytes(crossings: readonly SizedCrossing[], rank: number): number {
  const copied = crossings.filter(({ what }) => what === 'rows' || what === 'shared');
  const others = copied.map(({ given }) => given.length - 1);
  return sum(copied.map(({ given, received }, n) => given[rank] / others[n] + received));
}

/** Seconds that a rank computes in a phase: its busiest worker, and all of them. */
interface Work {
  readonly longest: number;
  readonly total: number;
}

/** Until the busiest worker is done; where workers share cores, not before the cores have done it all. */
function phaseSeconds(work: readonly Work[], cores: number): number {
  const all = sum(work.map(({ total }) => total));
  return Math.max(highest(work.map(({ longest }) => longest)), all / (work.length * cores));
}

/** The lanes of each rank's shards. */
function ownLanes(
  { shards }: CutBatch,
  { shardStarts: starts }: SharedBatch,
  ranks: number,
): number[][] {
  const lanes = shards.map((shard) => shard.lanes);
  return Array.from({ length: ranks }, (_, rank) => lanes.slice(starts[rank], starts[rank + 1]));
}

/** Workers take one shard after the other: the lanes of the one with the most. */
function longestOf(lanes: readonly number[], workers: number): number {
  const loads = Array.from({ length: workers }, () => 0);
  for (const count of lanes) {
    const free = loads.indexOf(lowest(loads));
    loads[free] += count;
  }
  return highest(loads);
}

/** Additions of copies of the whole-batch gradients: over a rank's sections, then over all ranks' nodes for its range. */
function additionCount(
  { sections }: CutBatch,
  { way, sectionStarts: starts }: SharedBatch,
  ranks: number,
  rank: number,
): number {
  if (way !== 'sections' || starts === null) return sections.length - 1;
  return starts[rank + 1] - starts[rank] - 1 + (ranks - 1) / ranks;
}

/** Rows of the last layers go out while a worker's last shard still goes backward. */
function backwardOfLast({ lane, backwardShare }: StepParts, { shards }: CutBatch): number {
  return lane * backwardShare * shards[shards.length - 1].lanes;
}

function samplesOf({ shards }: CutBatch): number {
  return sum(shards.map(({ count }) => count));
}
