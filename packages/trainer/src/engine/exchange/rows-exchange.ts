// Rows that shards keep for gradients made from the whole batch: a row holds all samples of a section, so a
// rank's part of it is a piece in the middle. The pieces of a rank are packed, exchanged and unpacked, in
// groups of layers, so that the first can cross while shards still go backward.
import {
  after,
  call,
  type Call,
  type KeptArray,
  type Place,
  type Ranks,
  type Section,
  type Shard,
} from '@convbook/layers/plan';
import { mostGroups } from '../control/words.ts';

/** The rows of some layers, which cross together. */
export interface RowsGroup {
  /** Once every shard of this rank has kept the rows of these, the group may cross. */
  readonly layers: ReadonlySet<string>;
  readonly packed: Place;
  /** Rank r has the packed bytes from `starts[r]` to `starts[r + 1]`. */
  readonly starts: readonly number[];
  readonly pack: readonly Call[];
  readonly unpack: readonly Call[];
}

/** The shards of a batch and which of them ranks have. */
export interface SharedShards extends Ranks {
  readonly shards: readonly Shard[];
  readonly sections: readonly Section[];
  /** Rank r has the shards from `shardStarts[r]` to `shardStarts[r + 1]`. */
  readonly shardStarts: readonly number[];
}

/** Groups of layers, in the order in which shards keep their rows, of about the same size. */
export function groupKept(kept: readonly KeptArray[]): KeptArray[][] {
  const size = (arrays: readonly KeptArray[]) => arrays.reduce((sum, { rows }) => sum + rows, 0);
  const least = size(kept) / mostGroups;
  const groups: KeptArray[][] = [];
  for (const array of kept) {
    const last = groups.at(-1);
    const isSameLayer = last?.at(-1)?.layer === array.layer;
    if (last && (isSameLayer || size(last) < least)) last.push(array);
    else groups.push([array]);
  }
  return groups;
}

/** Plans the crossing of a group, packed from `packed` on. */
export function planRowsGroup(
  kept: readonly KeptArray[],
  shared: SharedShards,
  packed: Place,
): RowsGroup {
  const blocks = Array.from({ length: shared.ranks }, (_, rank) =>
    kept.flatMap((array) => blocksOf(array, shared, rank)),
  );
  const starts = [0];
  const moves = blocks.map((of) => {
    let at = starts[starts.length - 1];
    const placed = of.map((block) => {
      const place = after(packed, at);
      at += block.rows * block.rowBytes;
      return { block, place };
    });
    starts.push(at);
    return placed;
  });
  return {
    layers: new Set(kept.map(({ layer }) => layer)),
    packed,
    starts,
    pack: moves[shared.rank].map(({ block, place }) =>
      copyRows(block, {
        to: place,
        toRow: block.rowBytes,
        from: block.place,
        fromRow: block.stride,
      }),
    ),
    unpack: moves.flatMap((others, rank) =>
      rank === shared.rank
        ? []
        : others.map(({ block, place }) =>
            copyRows(block, {
              to: block.place,
              toRow: block.stride,
              from: place,
              fromRow: block.rowBytes,
            }),
          ),
    ),
  };
}

/** Some columns of neighbouring rows. */
interface Block {
  readonly place: Place;
  readonly rows: number;
  /** Bytes from a row to the next. */
  readonly stride: number;
  readonly rowBytes: number;
}

/** The part of a kept array that a rank has: a block of each section that it has shards of. */
function blocksOf(
  { place, rows }: KeptArray,
  { shards, sections, shardStarts }: SharedShards,
  rank: number,
): Block[] {
  return sections.flatMap(({ first, lanes, firstShard, endShard }) => {
    const own = shards.slice(
      Math.max(firstShard, shardStarts[rank]),
      Math.min(endShard, shardStarts[rank + 1]),
    );
    if (own.length === 0) return [];
    const start = rows * first + own[0].first - first;
    const rowBytes = own.reduce((sum, shard) => sum + shard.lanes, 0) * 4;
    return [{ place: after(place, start * 4), rows, stride: lanes * 4, rowBytes }];
  });
}

function copyRows(
  { rows, rowBytes }: Block,
  places: { to: Place; toRow: number; from: Place; fromRow: number },
): Call {
  return call('copyPlanes', { ...places, toPlane: 0, fromPlane: 0, planes: 1, rows, rowBytes });
}
