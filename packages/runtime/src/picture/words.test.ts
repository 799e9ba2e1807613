import { expect, test } from 'vitest';
import { doubtsOf, pictureDoubts } from './words.ts';

test.each([
  [[0.5, 0.5], []],
  [[0.4, 0.3, 0.3], [pictureDoubts.unsure]],
] as const)('probabilities %j', (probabilities, doubts) => {
  expect(doubtsOf([], probabilities)).toEqual(doubts);
  expect(doubtsOf(['no clear ink'], probabilities)).toEqual([
    pictureDoubts['no clear ink'],
    ...doubts,
  ]);
});
