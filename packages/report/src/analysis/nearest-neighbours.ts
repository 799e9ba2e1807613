// Labels of neighbours: how well classes are separated, without a picture.

/** Two labels, the lower first, and how many points of one have their nearest neighbour in the other. */
export interface MixedPair {
  readonly labels: readonly [number, number];
  readonly count: number;
}

/** Labels of points and of their nearest neighbours. */
export interface NeighbourLabels {
  /** Share of the points whose nearest neighbour has their own label. */
  readonly same: number;
  /** Pairs of labels that neighbour each other, the most frequent first. */
  readonly mixed: readonly MixedPair[];
}

/**
 * The label of the nearest other point, of equally near ones the first, for some of the points.
 *
 * @param values `[points, dimensions]`.
 * @param asked Points whose neighbour is looked for; default all.
 */
export function neighbourLabels(
  values: ArrayLike<number>,
  dimensions: number,
  labels: ArrayLike<number>,
  asked: readonly number[] = Array.from({ length: labels.length }, (_, n) => n),
): NeighbourLabels {
  const counts = new Map<string, MixedPair>();
  let same = 0;
  for (const n of asked) {
    const other = labels[nearest(values, dimensions, labels.length, n)];
    if (other === labels[n]) {
      same++;
      continue;
    }
    const pair = [Math.min(other, labels[n]), Math.max(other, labels[n])] as const;
    const count = (counts.get(pair.join(' '))?.count ?? 0) + 1;
    counts.set(pair.join(' '), { labels: pair, count });
  }
  const mixed = [...counts.values()].sort(
    (a, b) => b.count - a.count || a.labels[0] - b.labels[0] || a.labels[1] - b.labels[1],
  );
  return { same: asked.length === 0 ? 0 : same / asked.length, mixed };
}

function nearest(
  values: ArrayLike<number>,
  dimensions: number,
  points: number,
  own: number,
): number {
  let [best, least] = [own, Infinity];
  for (let n = 0; n < points; n++) {
    if (n === own) continue;
    let distance = 0;
    for (let k = 0; k < dimensions && distance < least; k++) {
      const difference = values[n * dimensions + k] - values[own * dimensions + k];
      distance += difference * difference;
    }
    if (distance < least) [best, least] = [n, distance];
  }
  return best;
}
