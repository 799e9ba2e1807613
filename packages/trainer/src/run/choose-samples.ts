import { classByClass, predictions, type Evaluation } from '@convbook/run/evaluation';

/**
 * Places of the test images that a run keeps, ascending: at most `most`. Mistakes come first, those with the best
 * logit furthest above the label's before the others. Then come right ones, as many of each class as of any other
 * where it has them, in test-set order.
 */
export function chooseSamples(evaluation: Evaluation, most: number): number[] {
  const { classes, logits, labels } = evaluation;
  const wrong: { index: number; margin: number }[] = [];
  const right: number[] = [];
  predictions(evaluation).forEach((prediction, index) => {
    const label = labels[index];
    const logit = (k: number) => logits[index * classes + k];
    if (prediction === label) right.push(index);
    else wrong.push({ index, margin: logit(prediction) - logit(label) });
  });
  wrong.sort((a, b) => b.margin - a.margin || a.index - b.index);
  return [...wrong.map(({ index }) => index), ...classByClass(right, labels)]
    .slice(0, most)
    .sort((a, b) => a - b);
}
