import { expect, test } from 'vitest';
import { fill, shorten } from './fit-text.ts';

test.each([
  ['cat.jpg', 7, 'cat.jpg'],
  ['abcdefghij', 7, 'abc…hij'],
  ['abcdefghij', 6, 'abc…ij'],
  ['고양이와강아지', 9, '고양…아지'],
  ['🐈‍⬛🐈‍⬛🐈‍⬛🐈‍⬛', 5, '🐈‍⬛…🐈‍⬛'],
  ['e\u0301'.repeat(9), 3, 'e\u0301…e\u0301'],
])('shorten(%j, %i)', (text, width, short) => {
  expect(shorten(text, width)).toBe(short);
});

test.each([
  ['cat', 5, 'cat  '],
  ['고양이', 8, '고양이  '],
  ['고양이와강아지', 8, '고양…지 '],
])('fill(%j, %i)', (text, width, filled) => {
  expect(fill(text, width)).toBe(filled);
});
