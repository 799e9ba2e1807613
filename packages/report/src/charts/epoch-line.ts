// Lines with a point an epoch: dots where these are few enough to be told apart.
import { outline, type Point } from '@convbook/page/charts';

/** Most dots of a line, and most groups of neighbours whose extremes it goes through without dots. */
const mostDots = 100;

/** Whether as many epochs stand as dots. */
export function areDotted(epochs: number): boolean {
  return epochs <= mostDots;
}

/** The points of a line that are drawn, and whether as dots. */
export function epochLine(points: readonly Point[]): { points: Point[]; dots: boolean } {
  return { points: outline(points, mostDots), dots: areDotted(points.length) };
}
