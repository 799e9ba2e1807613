/** How many of the samples each class has. */
export function countLabels(labels: Uint8Array, samples: Uint32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const sample of samples) counts[labels[sample]]++;
  return counts;
}

/**
 * samples / (classes · samples of the class) for each class; 0 for one without samples.
 *
 * @param samples Indexes of those that count.
 */
export function balancedClassWeights(
  labels: Uint8Array,
  samples: Uint32Array,
  classes: number,
): number[] {
  const counts = countLabels(labels, samples, classes);
  return counts.map((count) => (count === 0 ? 0 : samples.length / (classes * count)));
}
