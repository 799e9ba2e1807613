// The exchange between ranks in a step over one batch, planned once: places in the region `exchange`, and the
// kernel calls that pack, add and unpack.
import {
  after,
  alignUp,
  Allocator,
  call,
  nodesOf,
  trainingStages,
  type BatchPlan,
  type Call,
  type KeptArray,
  type ParameterLayout,
  type Place,
  type Ranks,
} from '@convbook/layers/plan';
import {
  crossesWhole,
  nodesByRank,
  planNodeExchange,
  planWholeSums,
  receivedBytes,
  sumLeaves,
  type NodeExchange,
  type NodeSums,
  type WholeSums,
  wholeBytes,
} from './node-exchange.ts';
import { groupKept, planRowsGroup, type RowsGroup } from './rows-exchange.ts';
import { planSharedItems, type SharedItems } from './shared-items.ts';

export interface BatchExchange {
  /** The groups of rows that cross in each stage of the shards. */
  readonly rows: readonly (readonly RowsGroup[])[];
  /** Each makes a part of the sums of this rank's nodes; the first `earlyItems` read only the rows of its own shards. */
  readonly nodeItems: readonly (readonly Call[])[];
  readonly earlyItems: number;
  /** Small sums, which cross when the last stage of the shards ends. */
  readonly wholeSums: readonly WholeSums[];
  /** The exchanges of the other sums. */
  readonly nodes: readonly NodeExchange[];
  /** Which of the gradients that are made from rows this rank makes; null where every rank makes all. */
  readonly shared: SharedItems | null;
  /** Bytes of the region. */
  readonly sizeBytes: number;
}

/** Plans the exchange of a batch that was planned for these ranks; null for a single one. */
export function planBatchExchange(
  batch: BatchPlan,
  layout: ParameterLayout,
  ranks: Ranks,
): BatchExchange | null {
  if (ranks.ranks === 1) return null;
  // No place is used twice: a worker may still unpack rows while others make gradients and sums.
  const memory = new Allocator('exchange');
  const rows = batch.sectionSums ? [] : planRows(batch, ranks, memory);
  const ofShards = shardSumsOf(batch, layout);
  const wholeSums = ofShards
    .filter(crossesWhole)
    .map((sums) => planWholeSums(sums, ranks, memory.take(wholeBytes(sums))));
  const large = ofShards.filter((sums) => !crossesWhole(sums));
  const nodes = [...sectionSumsOf(batch), ...large].map((sums) =>
    planNodeExchange(sums, ranks, memory.take(receivedBytes(sums, ranks))),
  );
  const shared = planSharedItems(batch, ranks, memory);
  const fromRows = sectionItems(batch, layout);
  const fromShards = large.flatMap(({ leafStarts, slots, bytes }) =>
    sumLeaves(nodesByRank(leafStarts)[ranks.rank], slots, bytes),
  );
  return {
    rows,
    wholeSums,
    nodeItems: [...fromRows, ...fromShards],
    earlyItems: fromRows.length,
    nodes,
    shared,
    sizeBytes: memory.sizeBytes,
  };
}

/** The items that make the sums of this rank's sections, and clear the gaps between parameters, which the update reads. */
function sectionItems({ sectionSums }: BatchPlan, layout: ParameterLayout): (readonly Call[])[] {
  if (sectionSums === null) return [];
  const { items, nodes, slots, slotBytes } = sectionSums;
  const zeros = nodes.flatMap((_, n) =>
    gapsBefore(layout, slotBytes).map(({ offset, size }) =>
      call('clear', { at: after(slots, n * slotBytes + offset), size }),
    ),
  );
  return [...items.map(({ calls }) => calls), zeros];
}

/** Bytes that no parameter has, up to `end`. */
function gapsBefore({ parameters }: ParameterLayout, end: number) {
  return parameters.flatMap(({ offset, count }) => {
    const [from, to] = [offset + count * 4, alignUp(offset + count * 4)];
    return to > from && to <= end ? [{ offset: from, size: to - from }] : [];
  });
}

/** Gradients that each shard has made for itself. */
function shardSumsOf(
  { shardStarts, firstShard, ownShards, cut }: BatchPlan,
  { shardedOffset, shardedBytes: bytes }: ParameterLayout,
): NodeSums[] {
  if (bytes === 0) return [];
  const sum: Place = { region: 'gradients', offset: shardedOffset };
  const own = nodesOf(firstShard, firstShard + ownShards, cut.length);
  const slots = own.map(({ first }) => after(sum, (first - firstShard) * bytes));
  return [{ leafStarts: shardStarts, bytes, slots, sum }];
}

/** Gradients made from the whole batch, where ranks share its sections out. */
function sectionSumsOf({ sectionSums, sectionStarts }: BatchPlan): NodeSums[] {
  if (sectionSums === null || sectionStarts === null) return [];
  const { nodes, slots, slotBytes: bytes } = sectionSums;
  return [
    {
      leafStarts: sectionStarts,
      bytes,
      slots: nodes.map((_, n) => after(slots, n * bytes)),
      sum: { region: 'gradients', offset: 0 },
    },
  ];
}

function planRows(batch: BatchPlan, ranks: Ranks, memory: Allocator): RowsGroup[][] {
  const { cut: shards, sections, shardStarts } = batch;
  const shared = { ...ranks, shards, sections, shardStarts };
  return groupKeptByStage(batch).map((groups) =>
    groups.map((arrays) => {
      const lanes = shards.reduce((sum, shard) => sum + shard.lanes, 0);
      const bytes = arrays.reduce((sum, { rows }) => sum + rows, 0) * lanes * 4;
      return planRowsGroup(arrays, shared, memory.take(bytes));
    }),
  );
}

/** The arrays that shards keep in each stage, in groups that cross together. */
export function groupKeptByStage({ shards, kept }: BatchPlan): KeptArray[][][] {
  return trainingStages(shards[0]).map(({ calls }) => groupKept(keptIn(calls, kept)));
}

/** The arrays that these calls fill, in their order. */
function keptIn(calls: readonly Call[], kept: readonly KeptArray[]): KeptArray[] {
  const layers = new Set(calls.flatMap(({ keeps, role }) => (keeps && role ? [role.layer] : [])));
  return [...layers].flatMap((layer) => kept.filter((array) => array.layer === layer));
}
