// Compares the answers that another program computes from an export with the run's own.

/** The most by which a number may differ. */
export const mostDifference = 1e-4;

/** The test set of a run, with the run's answers to it. */
export interface TestSet {
  readonly count: number;
  /** Bytes `[channels, height, width]`, which the next call may overwrite. */
  image(index: number): ArrayLike<number>;
  /** The run's own, `[count, classes]`. */
  readonly logits: Float32Array;
  /** Ends the comparison early. */
  readonly signal?: AbortSignal;
}

/** How far the answers of another program are from the run's. */
export interface Verification {
  /** Name and version of the program that computed. */
  readonly program: string;
  readonly images: number;
  readonly largestDifference: number;
  /** Images whose two largest numbers differ by at most `mostDifference`: their class is not compared. */
  readonly undecided: number;
  /** The other images for which the largest number is of another class. */
  readonly otherClass: readonly number[];
}

type Comparison = Pick<Verification, 'largestDifference' | 'undecided' | 'otherClass'>;

/** Whether an export answers as the run does. */
export function isVerified({ largestDifference, otherClass }: Comparison): boolean {
  return largestDifference < mostDifference && otherClass.length === 0;
}

/**
 * The differences between two programs' answers to the same images, both `[images, classes]`. A number that is not
 * finite makes the largest difference NaN.
 */
export function compareAnswers(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  classes: number,
): Comparison {
  let largestDifference = 0;
  for (let k = 0; k < want.length; k++) {
    largestDifference = Math.max(largestDifference, Math.abs(got[k] - want[k]));
  }
  let undecided = 0;
  const otherClass: number[] = [];
  for (let image = 0; image < want.length / classes; image++) {
    const { best, lead } = bestOf(want, image * classes, classes);
    if (!(lead > mostDifference)) undecided++;
    else if (bestOf(got, image * classes, classes).best !== best) otherClass.push(image);
  }
  return { largestDifference, undecided, otherClass };
}

/** The class of the largest number, the lowest of equal ones, and how much smaller the others are. */
function bestOf(values: ArrayLike<number>, begin: number, classes: number) {
  let [best, second] = [0, -Infinity];
  for (let k = 1; k < classes; k++) {
    const [value, largest] = [values[begin + k], values[begin + best]];
    if (value > largest) best = k;
    second = Math.max(second, Math.min(value, largest));
  }
  return { best, lead: values[begin + best] - second };
}
