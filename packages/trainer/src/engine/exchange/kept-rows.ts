// Rows that shards keep for gradients made from the whole batch: a row holds all samples, so a rank's
// part of it is a piece in the middle. The pieces of a rank are packed, exchanged and unpacked.
import {
  addressOf,
  trainingStages,
  type KeptRows,
  type RegionBases,
  type TrainingShardPlan,
} from '@convbook/layers/plan';
import type { Crossing } from './crossing.ts';
import { startsOf, type Exchange } from './exchange.ts';

/** Some bytes of the WebAssembly memory. */
interface Piece {
  readonly at: number;
  readonly bytes: number;
}

/** The rows of all shards; null where the batch keeps none, or one rank has them all. */
export function crossKeptRows(
  exchange: Exchange,
  memory: Uint8Array,
  shards: readonly TrainingShardPlan[],
  bases: RegionBases,
): Crossing | null {
  const { rank, ranks } = exchange;
  if (ranks === 1) return null;
  const firstShards = startsOf(shards.length, ranks);
  const pieces = Array.from({ length: ranks }, (_, r) =>
    shards.slice(firstShards[r], firstShards[r + 1]).flatMap((shard) => piecesOf(shard, bases)),
  );
  const starts = [0];
  for (const own of pieces) starts.push(starts[starts.length - 1] + sizeOf(own));
  if (starts[ranks] === 0) return null;
  const packed = new Uint8Array(starts[ranks]);
  return {
    start() {
      pack(memory, pieces[rank], packed, starts[rank]);
      return exchange.startGather(packed, starts);
    },
    finish() {
      pieces.forEach((others, r) => {
        if (r !== rank) unpack(packed, starts[r], memory, others);
      });
    },
  };
}

function piecesOf(shard: TrainingShardPlan, bases: RegionBases): Piece[] {
  return trainingStages(shard)
    .flatMap(({ calls }) => calls)
    .flatMap(({ keeps }) => (keeps ? piecesIn(keeps, bases) : []));
}

function piecesIn(
  { to, planes, rows, toPlane, toRow, rowBytes: bytes }: KeptRows,
  bases: RegionBases,
): Piece[] {
  const start = addressOf(to, bases);
  return Array.from({ length: planes * rows }, (_, i) => ({
    at: start + Math.floor(i / rows) * toPlane + (i % rows) * toRow,
    bytes,
  }));
}

function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { bytes }) => sum + bytes, 0);
}

function pack(memory: Uint8Array, pieces: readonly Piece[], packed: Uint8Array, start: number) {
  let to = start;
  for (const { at, bytes } of pieces) {
    packed.set(memory.subarray(at, at + bytes), to);
    to += bytes;
  }
}

function unpack(packed: Uint8Array, start: number, memory: Uint8Array, pieces: readonly Piece[]) {
  let from = start;
  for (const { at, bytes } of pieces) {
    memory.set(packed.subarray(from, from + bytes), at);
    from += bytes;
  }
}
