import { classicFilters, crossCorrelation } from '@convbook/core';
import type { Text } from '@convbook/page/markup';
import { toRows } from '../../figure/rows.ts';

/** Rows and columns of every filter here. */
export const filterSide = 3;

export interface NamedFilter {
  readonly id: string;
  readonly name: Text;
  /** Weights row by row. */
  readonly weights: readonly number[];
}

/** The filters of text E, and blur. */
export const filters: readonly NamedFilter[] = [
  named('sobelX', { en: 'Sobel x: bright right', ko: '소벨 x: 오른쪽이 밝음' }),
  named('sobelY', { en: 'Sobel y: bright below', ko: '소벨 y: 아래쪽이 밝음' }),
  named('sobelYNegative', {
    en: 'Sobel −y: bright above',
    ko: '소벨 −y: 위쪽이 밝음',
  }),
  named('edges', { en: 'Edges, 4 neighbours', ko: '에지, 이웃 4개' }),
  named('strongEdges', { en: 'Edges, 8 neighbours', ko: '에지, 이웃 8개' }),
  named('diagonalEdges', { en: 'Edges, 4 corners', ko: '에지, 네 귀퉁이' }),
  named('sharpen', { en: 'Sharpen', ko: '선명하게' }),
  {
    id: 'blur',
    name: { en: 'Blur', ko: '흐리게' },
    weights: Array.from({ length: filterSide ** 2 }, () => 1 / filterSide ** 2),
  },
  named('identity', { en: 'Identity', ko: '항등' }),
];

function named(id: keyof typeof classicFilters, name: Text): NamedFilter {
  return { id, name, weights: classicFilters[id].flat() };
}

/** The filter of an id; the first where there is none. */
export function filterOf(id: string): NamedFilter {
  return filters.find((filter) => filter.id === id) ?? filters[0];
}

/** The id of these weights, `own` where no named filter has them. */
export function idOf(weights: readonly number[]): string {
  const same = (filter: NamedFilter) => filter.weights.every((weight, k) => weight === weights[k]);
  return filters.find(same)?.id ?? 'own';
}

/** What an even area of brightness 1 becomes: the sum of the weights. */
export function evenAnswer(weights: readonly number[]): number {
  const even = Array.from({ length: filterSide }, () => Array<number>(filterSide).fill(1));
  return crossCorrelation(even, toRows(weights, filterSide))[0][0];
}

/** The next weight of a cell that is pressed: up by 1, from 2 down to −2. */
export function nextWeight(weight: number): number {
  return weight >= 2 ? -2 : Math.floor(weight) + 1;
}
