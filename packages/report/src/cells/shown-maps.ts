import type { LayerRow } from '@convbook/runtime/network';
import { largest } from '../analysis/largest.ts';
import type { ShownMaps } from '../images/layer-pictures.ts';

/** Maps shown of a layer, pixels of them, positions of a map that is shown at all. */
const most = { maps: 6, pixels: 20_000, positions: 20_000 };

/** A row of the model, and its values for each image. */
export interface RowValues {
  readonly row: LayerRow;
  readonly values: readonly Float32Array[];
}

const noMaps: ShownMaps = { maps: [], columns: 1 };

/**
 * The maps to show of each row: those that respond most to the images. A convolution and the rows after it that
 * change each map by itself show the same ones, chosen by what the last of them hands on, so that a map keeps
 * its place on the way; null for a row with maps too large to show.
 */
export function shownMaps(rows: readonly RowValues[]): (ShownMaps | null)[] {
  return chainsOf(rows).flatMap((chain) => {
    const fitting = chain.filter(({ row }) => areaOf(row) <= most.positions);
    const shown =
      fitting.length > 0 ? strongest(fitting[0].row, fitting[fitting.length - 1]) : null;
    return chain.map((one) => (fitting.includes(one) ? shown : null));
  });
}

/** Rows in which map k is made from map k of the row before, and of nothing else. */
function chainsOf(rows: readonly RowValues[]): RowValues[][] {
  const chains: RowValues[][] = [];
  rows.forEach((one, k) => {
    const before = rows.at(k - 1)?.row.layer.outputShape;
    const isNew = k === 0 || before?.length !== one.row.layer.outputShape.length || mixes(one.row);
    if (isNew) chains.push([one]);
    else chains[chains.length - 1].push(one);
  });
  return chains;
}

/** Whether a layer makes a map from several: its maps then are others than those before it. */
function mixes({ layer: { spec } }: LayerRow): boolean {
  return ['conv2d', 'dense', 'residual'].includes(spec.kind);
}

function areaOf({ layer }: LayerRow): number {
  const [, height = 1, width = 1] = layer.outputShape;
  return height * width;
}

/** The maps with the largest sums of squares in the last row, as many as there is room for in the first. */
function strongest(first: LayerRow, { row, values }: RowValues): ShownMaps {
  const [channels, height, width] = first.layer.outputShape;
  if (width === undefined) return noMaps;
  const columns = 6;
  const lines = Math.max(1, Math.floor(most.pixels / (height * width) / columns));
  const area = areaOf(row);
  const maps = largest(channels, Math.min(most.maps, lines * columns), (k) => {
    let sum = 0;
    for (const own of values) {
      for (let place = k * area; place < (k + 1) * area; place++) sum += own[place] * own[place];
    }
    return sum;
  });
  return { maps, columns: Math.min(columns, maps.length) };
}
