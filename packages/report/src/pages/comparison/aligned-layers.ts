import type { LayerSpec } from '@convbook/layers';

/** A layer of each model that does the same work; null where a model has none. */
export type AlignedLayers = readonly (LayerSpec | null)[];

/**
 * The layers of several models side by side, in their order: only layers of one kind share a row, rather those
 * with equal settings. The alignment has the largest sum of such agreements (Needleman and Wunsch, 1970).
 */
export function alignLayers(models: readonly (readonly LayerSpec[])[]): AlignedLayers[] {
  const [first = [], ...others] = models;
  return others.reduce<AlignedLayers[]>(
    (rows, layers) => align(rows, layers),
    first.map((layer) => [layer]),
  );
}

function align(rows: readonly AlignedLayers[], layers: readonly LayerSpec[]): AlignedLayers[] {
  const best = agreements(rows, layers);
  const none = rows[0]?.map(() => null) ?? [];
  const aligned: AlignedLayers[] = [];
  let [r, k] = [0, 0];
  while (r < rows.length || k < layers.length) {
    const both = r < rows.length && k < layers.length ? agreement(rows[r], layers[k]) : 0;
    if (both > 0 && best[r][k] === both + best[r + 1][k + 1])
      aligned.push([...rows[r++], layers[k++]]);
    else if (r < rows.length && best[r][k] === best[r + 1][k]) aligned.push([...rows[r++], null]);
    else aligned.push([...none, layers[k++]]);
  }
  return aligned;
}

/** The largest sum of agreements from each row and each layer on. */
function agreements(rows: readonly AlignedLayers[], layers: readonly LayerSpec[]): number[][] {
  const best = Array.from({ length: rows.length + 1 }, () =>
    new Array<number>(layers.length + 1).fill(0),
  );
  for (let r = rows.length - 1; r >= 0; r--) {
    for (let k = layers.length - 1; k >= 0; k--) {
      const both = agreement(rows[r], layers[k]);
      const skipping = Math.max(best[r + 1][k], best[r][k + 1]);
      best[r][k] = both > 0 ? Math.max(skipping, both + best[r + 1][k + 1]) : skipping;
    }
  }
  return best;
}

/** 0 for another kind, 2 for the same, 3 where the settings are equal too. */
function agreement(row: AlignedLayers, layer: LayerSpec): number {
  if (row.every((own) => own?.kind !== layer.kind)) return 0;
  const text = JSON.stringify(layer);
  return row.some((own) => JSON.stringify(own) === text) ? 3 : 2;
}
