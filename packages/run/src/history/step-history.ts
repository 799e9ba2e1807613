// The steps of a run as curves need them: each by itself, or neighbours merged where there are many.
import type { StepEvent } from '../events/events.ts';

/** A value and the step that had it. */
export interface ValueAt {
  step: number;
  value: number;
}

/** The range of neighbouring steps, which their mean does not show. */
export interface MergedSteps {
  /** How many they are. */
  count: number;
  first: Pick<StepEvent, 'step' | 'learningRate'>;
  loss: { lowest: ValueAt; highest: ValueAt };
  gradientNorm: { lowest: ValueAt; highest: ValueAt };
  learningRate: { lowest: ValueAt; highest: ValueAt };
}

/**
 * A step, or neighbouring steps as one: step, epoch and learning rate of the last of them, their samples
 * and correct answers added up, their mean loss and gradient norm.
 */
export interface StepPoint extends StepEvent {
  /** Absent where it is one step. */
  merged?: MergedSteps;
}

/** Fields whose lowest and highest value are kept. */
export type Ranged = 'loss' | 'gradientNorm' | 'learningRate';

/** Steps that a point stands for. */
export function stepsIn({ merged }: StepPoint): number {
  return merged?.count ?? 1;
}

/** Lowest and highest value of a field among the steps of a point. */
export function rangeOf(point: StepPoint, field: Ranged): { lowest: ValueAt; highest: ValueAt } {
  if (point.merged) return point.merged[field];
  const value = { step: point.step, value: point[field] };
  return { lowest: value, highest: value };
}

/** The first step of a point, and its learning rate. */
export function firstOf(point: StepPoint): MergedSteps['first'] {
  return point.merged?.first ?? { step: point.step, learningRate: point.learningRate };
}

/** Twice as many points as the widest chart has pixels, and more: below, a run has each step. */
const mostPoints = 16_384;

export interface StepHistory {
  add(step: StepEvent): void;
  readonly count: number;
  /** Steps that each point stands for, but perhaps the last. */
  readonly stepsPerPoint: number;
  points(): StepPoint[];
}

/** Steps in at most `most` points: where there are more, each two neighbours become one. */
export function createStepHistory(most = mostPoints): StepHistory {
  let points: StepPoint[] = [];
  let open: StepPoint | null = null;
  let [count, stepsPerPoint] = [0, 1];
  const halve = () => {
    stepsPerPoint *= 2;
    open = points.length % 2 === 0 ? null : (points.pop() as StepPoint);
    points = Array.from({ length: points.length / 2 }, (_, k) =>
      merge(points[2 * k], points[2 * k + 1]),
    );
  };
  return {
    add(step) {
      count++;
      open = open === null ? step : merge(open, step);
      if (stepsIn(open) < stepsPerPoint) return;
      points.push(open);
      open = null;
      if (points.length > most) halve();
    },
    get count() {
      return count;
    },
    get stepsPerPoint() {
      return stepsPerPoint;
    },
    points: () => (open === null ? [...points] : [...points, open]),
  };
}

function merge(a: StepPoint, b: StepPoint): StepPoint {
  const count = stepsIn(a) + stepsIn(b);
  const mean = (field: 'loss' | 'gradientNorm') =>
    (a[field] * stepsIn(a) + b[field] * stepsIn(b)) / count;
  const range = (field: Ranged) => {
    const [one, other] = [rangeOf(a, field), rangeOf(b, field)];
    return {
      lowest: other.lowest.value < one.lowest.value ? other.lowest : one.lowest,
      highest: other.highest.value > one.highest.value ? other.highest : one.highest,
    };
  };
  return {
    ...b,
    samples: a.samples + b.samples,
    correct: a.correct + b.correct,
    loss: mean('loss'),
    gradientNorm: mean('gradientNorm'),
    merged: {
      count,
      first: firstOf(a),
      loss: range('loss'),
      gradientNorm: range('gradientNorm'),
      learningRate: range('learningRate'),
    },
  };
}
