/** The image of a class that is nearest to the mean of the class. */
export interface NearestImage {
  /** Place in the test set. */
  readonly index: number;
  /** Sum of the squared differences of bytes. */
  readonly distance: number;
}

/**
 * For each class the test image of that class that is nearest to a mean image; null where there is none. The lowest
 * place wins a tie.
 *
 * @param means Mean image of each class, bytes `[channels·height·width]`.
 * @param images Bytes of test images by their place in the test set.
 */
export function nearestImages(
  means: readonly ArrayLike<number>[],
  images: ReadonlyMap<number, ArrayLike<number>>,
  labels: ArrayLike<number>,
): (NearestImage | null)[] {
  const nearest = means.map((): NearestImage | null => null);
  for (const index of [...images.keys()].sort((a, b) => a - b)) {
    const [image, label] = [images.get(index) ?? [], labels[index]];
    const before = nearest[label];
    if (label >= means.length || image.length !== means[label].length) continue;
    const distance = squaredDistance(means[label], image);
    if (before === null || distance < before.distance) nearest[label] = { index, distance };
  }
  return nearest;
}

function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return sum;
}
