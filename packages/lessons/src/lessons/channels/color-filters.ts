// Filters of 3×3×3: a slice of nine weights for each channel.
import type { Text } from '@convbook/page/markup';

export const filterSide = 3;

type FilterName = 'redLine' | 'redNotYellow' | 'thinRed' | 'blueBelow' | 'brightness';

const none = [0, 0, 0, 0, 0, 0, 0, 0, 0];
const line = [0, 1, 0, 0, 1, 0, 0, 1, 0];
const notLine = line.map((weight) => 0 - weight);
const thinLine = [-1, 1, -1, -1, 1, -1, -1, 1, -1];
const below = [-1, -1, -1, 0, 0, 0, 1, 1, 1];
const all = none.map(() => 1);

interface NamedFilter {
  readonly text: Text;
  /** Weights `[3, 3, 3]`: red, green, blue. */
  readonly weights: readonly number[];
}

export const colorFilters: Readonly<Record<FilterName, NamedFilter>> = {
  redLine: {
    text: { en: 'red line', ko: '빨간 선' },
    weights: [line, none, none].flat(),
  },
  redNotYellow: {
    text: { en: 'red line, but not yellow', ko: '노랑이 아닌 빨간 선' },
    weights: [line, notLine, none].flat(),
  },
  thinRed: {
    text: { en: 'thin line in red', ko: '빨강 채널의 가는 선' },
    weights: [thinLine, none, none].flat(),
  },
  blueBelow: {
    text: { en: 'blue below', ko: '아래쪽의 파랑' },
    weights: [none, none, below].flat(),
  },
  brightness: {
    text: { en: 'brightness, whatever the colour', ko: '색과 관계없는 밝기' },
    weights: [all, all, all].flat(),
  },
};

/** The filter that has these weights, or null for one of the reader's own. */
export function nameOf(weights: readonly number[]): FilterName | null {
  return filterNames.find((name) => colorFilters[name].weights.join() === weights.join()) ?? null;
}

export const filterNames: readonly FilterName[] = [
  'redLine',
  'redNotYellow',
  'thinRed',
  'blueBelow',
  'brightness',
];

export function isFilterName(name: string): name is FilterName {
  return Object.hasOwn(colorFilters, name);
}
