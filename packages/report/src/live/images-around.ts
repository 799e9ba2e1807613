import { chosenAnswers, everyImage } from './image-choice.ts';
import type { TestSet } from './test-set.ts';

/**
 * The images that one goes through from an image that stands in no list, as one of a shared address: from a mistake
 * all mistakes, the worst first, from another all images by number. Only those whose pictures the page has.
 */
export function imagesAround(testSet: TestSet, index: number): number[] {
  const kept = new Set(testSet.kept);
  if (!kept.has(index)) return [index];
  const { label, prediction } = testSet.answer(index);
  const isWrong = label !== prediction;
  const found = chosenAnswers(testSet, {
    ...everyImage,
    shown: isWrong ? 'wrong' : 'all',
    order: isWrong ? 'worst' : 'number',
    among: kept,
  });
  return found.map((answer) => answer.index);
}
