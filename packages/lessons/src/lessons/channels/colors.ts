// A picture small enough to count: each pixel is one of six colours, each colour three numbers.
import type { Text } from '@convbook/page/markup';

export type Color = 'black' | 'red' | 'green' | 'blue' | 'yellow' | 'white';

interface ColorFacts {
  /** Red, green and blue, from 0 to 1. */
  readonly rgb: readonly [number, number, number];
  readonly text: Text;
}

export const colors: Readonly<Record<Color, ColorFacts>> = {
  black: { rgb: [0, 0, 0], text: { en: 'black', ko: '검정' } },
  red: { rgb: [1, 0, 0], text: { en: 'red', ko: '빨강' } },
  green: { rgb: [0, 1, 0], text: { en: 'green', ko: '초록' } },
  blue: { rgb: [0, 0, 1], text: { en: 'blue', ko: '파랑' } },
  yellow: { rgb: [1, 1, 0], text: { en: 'yellow', ko: '노랑' } },
  white: { rgb: [1, 1, 1], text: { en: 'white', ko: '하양' } },
};

export const side = 5;

/** A red line on the left, a yellow one on the right, blue ground. */
export const paintedPicture: readonly Color[] = [
  ...Array.from({ length: side - 1 }, () => ['black', 'red', 'black', 'yellow', 'black'] as const),
  Array.from({ length: side }, () => 'blue' as const),
].flat();

export function isColor(name: string): name is Color {
  return Object.hasOwn(colors, name);
}

/** The channels in their order. */
export const channels: readonly { readonly id: string; readonly text: Text }[] = [
  { id: 'red', text: { en: 'Red', ko: '빨강' } },
  { id: 'green', text: { en: 'Green', ko: '초록' } },
  { id: 'blue', text: { en: 'Blue', ko: '파랑' } },
];

/** One channel of a picture, `[height, width]` row by row. */
export function channelOf(picture: readonly Color[], channel: number): number[] {
  return picture.map((color) => colors[color].rgb[channel]);
}
