import { evenly } from '@convbook/page';
import type { Run } from '@convbook/run';
import { predictions, worstMistakes } from '../analysis/evaluation.ts';

/** Places in the test set of the images a run keeps that the model classified correctly, by class. */
function rightOnes({ evaluation, samples }: Run): number[][] {
  if (evaluation === null || samples === null) return [];
  const right = predictions(evaluation).flatMap((k, index) =>
    k === evaluation.labels[index] && samples.images.has(index) ? [index] : [],
  );
  const byClass = Array.from({ length: evaluation.classes }, (): number[] => []);
  for (const index of right) byClass[evaluation.labels[index]].push(index);
  return byClass.filter((indexes) => indexes.length > 0);
}

/** Two images of one class and one of another, all classified correctly; fewer where there are not so many. */
export function likeAndUnlike(run: Run): number[] {
  const classes = rightOnes(run);
  const first = classes.find((indexes) => indexes.length > 1) ?? classes[0] ?? [];
  const other = classes.find((indexes) => indexes !== first) ?? [];
  return [...first.slice(0, 2), ...other.slice(0, 1)];
}

/** The first two correctly classified images of each of some classes. */
export function pairsOfClasses(run: Run, classes: number): number[][] {
  const all = rightOnes(run).filter((indexes) => indexes.length > 1);
  return evenly(all, classes).map((indexes) => indexes.slice(0, 2));
}

/** Images to explain: some classified correctly, each of another class, then the worst mistakes. */
export function samplesToExplain(run: Run, right: number, wrong: number): number[] {
  const { evaluation, samples } = run;
  if (evaluation === null || samples === null) return [];
  const mistakes = worstMistakes(evaluation).filter(({ index }) => samples.images.has(index));
  return [
    ...evenly(rightOnes(run), right).map(([index]) => index),
    ...mistakes.slice(0, wrong).map(({ index }) => index),
  ];
}
