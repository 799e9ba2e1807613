/** A point of a drawing, in its units. */
export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}

/** The `d` of a path with a dot at each point: a line without length, which round ends make visible. */
export function dots(points: readonly DrawnPoint[]): string {
  return points.map(({ x, y }) => `M${x} ${y}h0`).join('');
}
