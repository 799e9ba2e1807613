// Points of the map of images, and how one finds them: in the units of its drawing.

/** A test image on the map. */
export interface MapPoint {
  readonly index: number;
  readonly label: number;
  readonly isWrong: boolean;
  readonly x: number;
  readonly y: number;
}

/** A frame from one corner to the opposite one, whichever. */
export interface MapFrame {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}

/** The points of a group's path, `M12 34h0…`, to each the place in the test set. */
export function parsePoints(
  path: string,
  indexes: string,
  label: number,
  isWrong: boolean,
): MapPoint[] {
  const places = indexes.split(' ').map(Number);
  return [...path.matchAll(/M(-?\d+) (-?\d+)/g)].map(([, x, y], k) => ({
    index: places[k],
    label,
    isWrong,
    x: Number(x),
    y: Number(y),
  }));
}

/** The point nearest to a place, null where none is as near as `within`. */
export function nearestPoint(
  points: readonly MapPoint[],
  x: number,
  y: number,
  within = Infinity,
): MapPoint | null {
  let [best, least]: [MapPoint | null, number] = [null, within * within];
  for (const point of points) {
    const [right, down] = [point.x - x, point.y - y];
    const distance = right * right + down * down;
    if (distance <= least) [best, least] = [point, distance];
  }
  return best;
}

/**
 * The next point in a direction: the nearest of those that lie more along it than beside it.
 *
 * @param direction Right and down, one of them 1 or −1, the other 0.
 */
export function nextPoint(
  points: readonly MapPoint[],
  from: MapPoint,
  direction: readonly [number, number],
): MapPoint | null {
  const [right, down] = direction;
  let [best, least]: [MapPoint | null, number] = [null, Infinity];
  for (const point of points) {
    const along = (point.x - from.x) * right + (point.y - from.y) * down;
    const beside = Math.abs((point.x - from.x) * down) + Math.abs((point.y - from.y) * right);
    if (along <= 0 || beside > along) continue;
    const distance = along + 2 * beside;
    if (distance < least) [best, least] = [point, distance];
  }
  return best;
}

/** The points in a frame, its edges included. */
export function pointsIn(points: readonly MapPoint[], { from, to }: MapFrame): MapPoint[] {
  const isBetween = (value: number, one: number, other: number) =>
    value >= Math.min(one, other) && value <= Math.max(one, other);
  return points.filter(({ x, y }) => isBetween(x, from.x, to.x) && isBetween(y, from.y, to.y));
}
