import { predictions, type Evaluation } from '@convbook/run/evaluation';

/**
 * Places of the test images that a run keeps, ascending: at most `most`. Mistakes come first, those with the best
 * logit furthest above the label's before the others. Then come right ones, as many of each class as of any other
 * where it has them, in test-set order.
 */
export function chooseSamples(evaluation: Evaluation, most: number): number[] {
  const { classes, logits, labels } = evaluation;
  const wrong: { index: number; margin: number }[] = [];
  const right: { index: number; before: number }[] = [];
  const seen = new Uint32Array(256); // labels are bytes
  predictions(evaluation).forEach((prediction, index) => {
    const label = labels[index];
    const logit = (k: number) => logits[index * classes + k];
    if (prediction === label) right.push({ index, before: seen[label]++ });
    else wrong.push({ index, margin: logit(prediction) - logit(label) });
  });
  wrong.sort((a, b) => b.margin - a.margin || a.index - b.index);
  right.sort((a, b) => a.before - b.before || a.index - b.index);
  return [...wrong, ...right]
    .slice(0, most)
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}
