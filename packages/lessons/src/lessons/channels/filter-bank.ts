// Six filters for colour pictures. Each has a weight for every colour and a pattern in the window; a weight of the
// filter is the product of both.
import type { Text } from '@convbook/page/markup';

interface BankFilter {
  readonly text: Text;
  /** For red, green and blue. */
  readonly color: readonly [number, number, number];
  readonly pattern: 'mean' | 'left to right' | 'top to bottom';
}

export const filterBank: readonly BankFilter[] = [
  { text: { en: 'brightness', ko: '밝기' }, color: [1 / 3, 1 / 3, 1 / 3], pattern: 'mean' },
  { text: { en: 'red', ko: '빨강' }, color: [1, -0.5, -0.5], pattern: 'mean' },
  { text: { en: 'green', ko: '초록' }, color: [-0.5, 1, -0.5], pattern: 'mean' },
  { text: { en: 'blue', ko: '파랑' }, color: [-0.5, -0.5, 1], pattern: 'mean' },
  {
    text: { en: 'brighter to the right', ko: '오른쪽이 밝은 곳' },
    color: [1 / 3, 1 / 3, 1 / 3],
    pattern: 'left to right',
  },
  {
    text: { en: 'brighter below', ko: '아래쪽이 밝은 곳' },
    color: [1 / 3, 1 / 3, 1 / 3],
    pattern: 'top to bottom',
  },
];

/** Weights `[3, size, size]` of one filter. */
export function bankWeights({ color, pattern }: BankFilter, size: number): number[] {
  const middle = (size - 1) / 2;
  const places = [...Array(size ** 2).keys()];
  const sides = {
    mean: () => 1,
    'left to right': (place: number) => Math.sign((place % size) - middle),
    'top to bottom': (place: number) => Math.sign(Math.floor(place / size) - middle),
  };
  const scale = pattern === 'mean' ? 1 / size ** 2 : 2 / size ** 2;
  return color.flatMap((weight) => places.map((place) => weight * scale * sides[pattern](place)));
}
