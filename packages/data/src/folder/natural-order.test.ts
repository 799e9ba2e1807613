import { expect, it } from 'vitest';
import { compareNaturally } from './natural-order.ts';

it.each([
  [
    ['class10', 'class2', 'class1'],
    ['class1', 'class2', 'class10'],
  ],
  [
    ['b', 'a10', 'a9b', 'a9'],
    ['a9', 'a9b', 'a10', 'b'],
  ],
  [
    ['01', '1', '2', '001', '10'],
    ['001', '01', '1', '2', '10'],
  ],
  [
    ['나비', '고양이', '개'],
    ['개', '고양이', '나비'],
  ],
  // An é in two spellings stays beside itself.
  [
    ['e\u0301b', '\u00e9a', 'z'],
    ['z', '\u00e9a', 'e\u0301b'],
  ],
])('%j in natural order', (names, expected) => {
  expect(names.toSorted(compareNaturally)).toEqual(expected);
});
