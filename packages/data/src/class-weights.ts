import type { ImageSet } from './dataset.ts';

/** Samples of each class. */
export function countLabels(
  { labels }: Pick<ImageSet<ArrayBufferLike>, 'labels'>,
  samples: number,
  classes: number,
): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let sample = 0; sample < samples; sample++) counts[labels[sample]]++;
  return counts;
}

/** samples / (classes · samples of the class) for each class; 0 for one without samples. */
export function balancedClassWeights(
  set: Pick<ImageSet<ArrayBufferLike>, 'labels' | 'count'>,
  classes: number,
): number[] {
  const counts = countLabels(set, set.count, classes);
  return counts.map((count) => (count === 0 ? 0 : set.count / (classes * count)));
}
