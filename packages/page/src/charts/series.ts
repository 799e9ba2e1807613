/** A point of a line. */
export interface Point {
  x: number;
  y: number;
}

/** A point that is the mean of some values; of one, where nothing is said. */
export interface WeightedPoint extends Point {
  weight?: number;
}

/** The lowest and the highest of some values. */
export function boundsOf(values: readonly number[]): [low: number, high: number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}

/**
 * Fewer points with the same outline: of every bucket of neighbours its lowest and its highest, in
 * their order. At most `2 · buckets` points remain.
 */
export function thin(points: readonly Point[], buckets: number): Point[] {
  if (points.length <= 2 * buckets) return [...points];
  const size = points.length / buckets;
  return Array.from({ length: buckets }, (_, bucket) => {
    const group = points.slice(Math.floor(bucket * size), Math.floor((bucket + 1) * size));
    const low = group.reduce((a, b) => (b.y < a.y ? b : a));
    const high = group.reduce((a, b) => (b.y > a.y ? b : a));
    if (low === high) return [low];
    return low.x < high.x ? [low, high] : [high, low];
  }).flat();
}

/** As `thin`, and always the first and the last point: at most `2 · buckets + 2`. */
export function outline(points: readonly Point[], buckets: number): Point[] {
  const inner = thin(points, buckets);
  const [first, last] = [points.slice(0, 1), points.slice(-1)];
  return [
    ...first.filter((point) => point !== inner[0]),
    ...inner,
    ...last.filter((point) => point !== inner[inner.length - 1]),
  ];
}

/** Means of the last `window` points up to each, `[points]`; of fewer at the start. */
export function runningMean(points: readonly WeightedPoint[], window: number): Point[] {
  const weighted = ({ y, weight = 1 }: WeightedPoint) => y * weight;
  let [sum, weights] = [0, 0];
  return points.map((point, index) => {
    const left = index >= window ? points[index - window] : { x: 0, y: 0, weight: 0 };
    sum += weighted(point) - weighted(left);
    weights += (point.weight ?? 1) - (left.weight ?? 1);
    return { x: point.x, y: sum / weights };
  });
}

/** Every n-th point so that about `most` remain; always the last. */
export function sampleEvery(points: readonly Point[], most: number): Point[] {
  const stride = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, index) => (points.length - 1 - index) % stride === 0);
}

/** Height of a line of labels, and how near the bottom of the plot its middle may come, in pixels. */
const [lineHeight, bottomGap] = [15, 7];

/**
 * Vertical offsets in pixels that keep line-end labels apart and above the axis, `[labels]`.
 *
 * @param values Heights of the line ends as fractions of the plot's height.
 * @param height Height of the plot in pixels.
 */
export function labelOffsets(values: readonly number[], height: number): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[b] - values[a]);
  const wanted = values.map((value) => (1 - value) * height);
  const places = [...wanted];
  let highest = -Infinity;
  for (const index of order) {
    places[index] = Math.max(places[index], highest);
    highest = places[index] + lineHeight;
  }
  let lowest = height - bottomGap;
  for (const index of order.reverse()) {
    places[index] = Math.min(places[index], lowest);
    lowest = places[index] - lineHeight;
  }
  return places.map((place, index) => place - wanted[index]);
}
