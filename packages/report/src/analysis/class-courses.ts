// How well each class is recognized, from one recorded epoch to the next.
import type { ConfusionCount, TrainingStatistics } from '@convbook/run';

/** The end of an epoch with the confusion matrix of the test set. */
export interface ConfusionMoment {
  readonly epoch: number;
  readonly cells: readonly ConfusionCount[];
}

/** The recorded epochs; none of a run of an earlier version. */
export function confusionMoments(statistics: readonly TrainingStatistics[]): ConfusionMoment[] {
  return statistics.flatMap(({ epoch, confusion }) =>
    confusion === null ? [] : [{ epoch, cells: confusion }],
  );
}

/** A class that the test set has images of. */
export interface ClassCourse {
  readonly label: number;
  /** Share of its images that are classified correctly, for each moment. */
  readonly accuracies: readonly number[];
  /** The first moment at which it has 95% of its last accuracy; null where that is 0. */
  readonly arrival: number | null;
}

/** The courses of all classes with images, in their order. */
export function classCourses(moments: readonly ConfusionMoment[]): ClassCourse[] {
  const all = moments.map(accuraciesOf);
  const labels = [...(all.at(-1)?.keys() ?? [])].sort((a, b) => a - b);
  return labels.map((label) => {
    const accuracies = all.map((own) => own.get(label) ?? 0);
    const last = accuracies[accuracies.length - 1];
    const arrival = last === 0 ? null : accuracies.findIndex((own) => own >= 0.95 * last);
    return { label, accuracies, arrival };
  });
}

/** The accuracy of each label at one moment. */
function accuraciesOf({ cells }: ConfusionMoment): Map<number, number> {
  const [images, right] = [new Map<number, number>(), new Map<number, number>()];
  for (const { label, prediction, count } of cells) {
    images.set(label, (images.get(label) ?? 0) + count);
    if (label === prediction) right.set(label, count);
  }
  return new Map([...images].map(([label, count]) => [label, (right.get(label) ?? 0) / count]));
}
