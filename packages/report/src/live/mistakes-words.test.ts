import { describe, expect, test } from 'vitest';
import { chosenAnswers, everyImage, type ImageChoice } from './image-choice.ts';
import { leftOutWords, matchWords } from './mistakes-words.ts';
import type { TestSet } from './test-set.ts';

/** A test set of 1,200 images of which the last two are wrong. */
function testSetOf(kept: readonly number[]): TestSet {
  return {
    classNames: ['cat', 'dog'],
    count: 1200,
    shape: [1, 1, 1],
    kept,
    image: () => null,
    answer: (index) => ({
      index,
      label: 0,
      prediction: index < 1198 ? 0 : 1,
      predictionProbability: 0.75,
      labelProbability: index < 1198 ? 0.75 : 0.25,
    }),
  };
}

describe('how many images match', () => {
  test.each<[Partial<ImageChoice>, number, string]>([
    [{}, 1200, '1,200 of 1,200 test images match.'],
    [{}, 900, '1,200 of 1,200 test images match. The page has the pictures of 900 of them.'],
    [{ numbers: [7] }, 1, '1 of 1,200 test images matches.'],
    [
      { numbers: [1199] },
      0,
      '1 of 1,200 test images matches. The page does not have the picture of #1199: label cat, predicted dog (75.0%).',
    ],
    [{ label: 1 }, 0, 'No test image matches. Widen the choice, or reset it.'],
    [{ numbers: [1200] }, 0, 'No test image has this number: they go from 0 to 1,199.'],
  ])('%j with the pictures of %i', (changes, pictured, sentence) => {
    const choice = { ...everyImage, ...changes };
    const testSet = testSetOf([]);
    const found = chosenAnswers(testSet, choice);
    expect(matchWords(testSet, choice, found, pictured).en).toBe(sentence);
  });
});

test.each([
  [
    [0, 1198, 1199],
    'To stay small, this page has the pictures of 3 of the 1,200 test images: all that were misclassified and a sample of the others.',
  ],
  [
    [1199],
    'To stay small, this page has the pictures of 1 of the 1,200 test images: 1 of the 2 that were misclassified, the worst first, and a sample of the others.',
  ],
])('what a page with %j says it has', (kept, sentence) => {
  const { en } = leftOutWords(testSetOf(kept));
  expect(en).toBe(`${sentence} Label, prediction and probabilities are here for all of them.`);
});
