// Curves smoothed over several numbers of steps, drawn when the page is made: a script shows one of
// them in place of another.
import { runningMean, sampleEvery, thin, type Point, type WeightedPoint } from './series.ts';

/** Most points of a curve. */
const mostPoints = 240;

/** The steps of a training, a point for each or for some neighbours. */
export interface SmoothedSteps {
  readonly steps: readonly unknown[];
  /** Steps that each point stands for; 1 without. */
  readonly stepsPerPoint?: number;
}

/**
 * Steps that the smoothed loss is a mean of: a hundredth of the run, in short runs up to ten. Where
 * neighbouring steps are one point, whole points.
 */
export function smoothingWindow({ steps, stepsPerPoint = 1 }: SmoothedSteps): number {
  const share = (part: number) => Math.round(steps.length / part);
  return stepsPerPoint * Math.max(1, share(100), Math.min(10, share(10)));
}

/** Numbers of steps that can be chosen: none, the usual, and others three or ten times apart, up to a quarter of the run. */
export function smoothingWindows(run: SmoothedSteps): number[] {
  const { stepsPerPoint = 1 } = run;
  const usual = smoothingWindow(run) / stepsPerPoint;
  const others = [1, 3, 10, 30, 100, 300, 1000, 3000].filter(
    (window) => window <= run.steps.length / 4 && !isNear(window, usual),
  );
  return [...new Set([1, usual, ...others])]
    .sort((a, b) => a - b)
    .map((window) => stepsPerPoint * window);
}

function isNear(a: number, b: number): boolean {
  return a > 1 && Math.max(a, b) < 2 * Math.min(a, b);
}

/** The usual curve, and the layers of the others. */
export interface SmoothedCurve {
  readonly points: Point[];
  /** Name of the layer that shows the curve. */
  readonly name: string;
  readonly hiddenLayers: object[];
}

/**
 * A curve smoothed over each number of steps that can be chosen.
 *
 * @param points One for each of the run's.
 * @param look Mark and encoding of each curve.
 */
export function smoothedCurve(
  run: SmoothedSteps,
  points: readonly WeightedPoint[],
  look: object,
): SmoothedCurve {
  const usual = smoothingWindow(run);
  const { stepsPerPoint = 1 } = run;
  const curve = (window: number) =>
    window === stepsPerPoint
      ? thin(points, mostPoints / 2).map(({ x, y }) => ({ x, y }))
      : sampleEvery(runningMean(points, window / stepsPerPoint), mostPoints);
  const hiddenLayers = smoothingWindows(run)
    .filter((window) => window !== usual)
    .map((window) => ({ name: `window_${window}`, data: { values: curve(window) }, ...look }));
  return { points: curve(usual), name: `window_${usual}_shown`, hiddenLayers };
}
