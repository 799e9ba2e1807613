import { describe, expect, test } from 'vitest';
import { chosenAnswers, everyImage, numbersIn, type ImageChoice } from './image-choice.ts';
import type { TestSet } from './test-set.ts';

/** Label, prediction and the probabilities of both. */
const answers = [
  [0, 0, 0.9, 0.9],
  [1, 1, 0.6, 0.6],
  [0, 1, 0.7, 0.2],
  [1, 0, 0.99, 0.01],
  [2, 1, 0.7, 0.2],
  [1, 1, 1, 1],
] as const;

const testSet: TestSet = {
  classNames: ['a', 'b', 'c'],
  count: answers.length,
  shape: [1, 1, 1],
  kept: [],
  image: () => null,
  answer(index) {
    const [label, prediction, predictionProbability, labelProbability] = answers[index];
    return { index, label, prediction, predictionProbability, labelProbability };
  },
};

describe('chosenAnswers', () => {
  test.each<[string, Partial<ImageChoice>, number[]]>([
    ['everyImage', {}, [0, 1, 2, 3, 4, 5]],
    ['mistakes', { shown: 'wrong' }, [2, 3, 4]],
    ['right answers', { shown: 'right' }, [0, 1, 5]],
    ['a label', { label: 1 }, [1, 3, 5]],
    ['a prediction', { prediction: 0 }, [0, 3]],
    ['a label and a prediction', { label: 0, prediction: 1 }, [2]],
    ['a label that no image has', { label: 0, prediction: 2 }, []],
    ['confidence, both ends included', { from: 0.7, to: 0.9 }, [0, 2, 4]],
    ['an empty range', { from: 0.8, to: 0.2 }, []],
    ['those chosen elsewhere', { among: new Set([5, 2]), shown: 'wrong' }, [2]],
    ['none of those chosen elsewhere', { among: new Set() }, []],
    ['the least probable label first', { shown: 'wrong', order: 'worst' }, [3, 2, 4]],
    ['the most confident first', { order: 'confident' }, [5, 3, 0, 2, 4, 1]],
    ['the least confident first', { order: 'unsure' }, [1, 2, 4, 0, 3, 5]],
    [
      'numbers, whatever else is asked for',
      { numbers: [4, 0, 4], shown: 'right', label: 1 },
      [0, 4],
    ],
    ['numbers beyond the test set', { numbers: [6, 99] }, []],
  ])('%s', (_, choice, indexes) => {
    const found = chosenAnswers(testSet, { ...everyImage, ...choice });
    expect(found.map(({ index }) => index)).toEqual(indexes);
  });
});

test.each([
  ['', []],
  ['  #9, 15 20 ', [9, 15, 20]],
  ['-3', [3]],
  ['none', []],
])('numbers in %j: %j', (text, numbers) => {
  expect(numbersIn(text)).toEqual(numbers);
});
