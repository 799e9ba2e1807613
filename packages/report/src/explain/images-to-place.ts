// Which test images the map shows: a part that stands for the test set, and more mistakes than it would have.
import type { Samples } from '@convbook/run';
import { classByClass } from '@convbook/run/evaluation';
import { predictions, worstMistakes, type Evaluation } from '../analysis/evaluation.ts';
import { proportionalSample } from '../analysis/proportional-sample.ts';

/** Images of the map, and how they were chosen. */
export interface ChosenImages {
  /**
   * The whole test set; all images that the run keeps; a sample of the test set and further mistakes; or, where
   * the run keeps too few images for that, mistakes and right ones, each class by class.
   */
  readonly way: 'whole' | 'kept' | 'sample' | 'by-class';
  /** Places in the test set, ascending. */
  readonly indexes: readonly number[];
  /** Those that stand for the test set: `proportionalSample`. */
  readonly sample: readonly number[] | null;
}

/**
 * At most `most` images. Where the run keeps more, up to half are mistakes beyond those of the sample: as many of
 * each class as of any other where it has them, the worst first.
 */
export function imagesToPlace(
  evaluation: Evaluation,
  { images: kept }: Samples,
  most: number,
): ChosenImages {
  if (kept.size <= most) {
    const indexes = ascending(kept.keys());
    const sample = proportionalSample(evaluation, kept, kept.size);
    return { way: kept.size === evaluation.samples ? 'whole' : 'kept', indexes, sample };
  }
  const { labels } = evaluation;
  const mistakes = worstMistakes(evaluation).map(({ index }) => index);
  const wrong = classByClass(
    mistakes.filter((index) => kept.has(index)),
    labels,
  );
  const half = Math.floor(most / 2);
  const sample = proportionalSample(evaluation, kept, most - Math.min(half, wrong.length));
  if (sample !== null) {
    const own = new Set(sample);
    const more = wrong.filter((index) => !own.has(index)).slice(0, half);
    return { way: 'sample', indexes: ascending([...sample, ...more]), sample };
  }
  const answers = predictions(evaluation);
  const right = ascending(kept.keys()).filter((index) => answers[index] === labels[index]);
  const shown = wrong.slice(0, Math.max(half, most - right.length));
  const others = classByClass(right, labels).slice(0, most - shown.length);
  return { way: 'by-class', indexes: ascending([...shown, ...others]), sample };
}

function ascending(indexes: Iterable<number>): number[] {
  return [...indexes].sort((a, b) => a - b);
}
