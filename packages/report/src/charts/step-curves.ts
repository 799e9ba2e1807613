// The points that charts draw of a run's steps, merged or not.
import type { Text } from '@convbook/page';
import type { Point, WeightedPoint } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { rangeOf, stepsIn, type StepPoint } from '@convbook/run/history';
import type { TimeAxis } from './time-axis.ts';

/** Name of the line of unsmoothed values. */
export const eachStep: Text = { en: 'each step', ko: '각 스텝' };

/** A point for each of the run's: the mean of its steps, at the last of them. */
export function meanPoints(
  { steps, stepsPerPoint }: Run,
  time: TimeAxis,
  value: (point: StepPoint) => number,
): WeightedPoint[] {
  const isMerged = stepsPerPoint > 1;
  return steps.map((point) => ({
    x: time.ofStep(point.step),
    y: value(point),
    ...(isMerged ? { weight: stepsIn(point) } : {}),
  }));
}

/** The lowest and the highest step of each point, in their order. */
export function outlinePoints(
  { steps, stepsPerPoint }: Run,
  time: TimeAxis,
  field: 'loss' | 'gradientNorm',
): Point[] {
  if (stepsPerPoint === 1) {
    return steps.map((point) => ({ x: time.ofStep(point.step), y: point[field] }));
  }
  return steps.flatMap((point) => {
    const { lowest, highest } = rangeOf(point, field);
    const ends = lowest.step === highest.step ? [lowest] : [lowest, highest];
    return ends
      .sort((a, b) => a.step - b.step)
      .map(({ step, value }) => ({ x: time.ofStep(step), y: value }));
  });
}
