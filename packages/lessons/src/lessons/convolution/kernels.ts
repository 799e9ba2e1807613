import { classicFilters, type Rows } from '@convbook/core';
import type { Text } from '@convbook/page/markup';

/** The image that texts show a filter on first. */
export const image: Rows = [
  [1, 1, 1, 0, 0],
  [0, 1, 1, 1, 0],
  [0, 0, 1, 1, 1],
  [0, 0, 1, 1, 0],
  [0, 1, 1, 0, 0],
];

/** The filter that goes with it, an X. */
const crossFilter: Rows = [
  [1, 0, 1],
  [0, 1, 0],
  [1, 0, 1],
];

const countedFilter: Rows = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];

/** Filters to choose from, by the value of their option. */
export const namedKernels: readonly { value: string; text: Text; rows: Rows }[] = [
  { value: 'cross', text: { en: 'X of the texts', ko: '예제의 X 모양' }, rows: crossFilter },
  { value: 'counted', text: { en: '1 to 9', ko: '1부터 9까지' }, rows: countedFilter },
  { value: 'sobel-x', text: { en: 'Sobel x', ko: '소벨 x' }, rows: classicFilters.sobelX },
  { value: 'sobel-y', text: { en: 'Sobel y', ko: '소벨 y' }, rows: classicFilters.sobelY },
  { value: 'identity', text: { en: 'identity', ko: '항등' }, rows: classicFilters.identity },
  {
    value: 'edges',
    text: { en: 'edges, 4 neighbours', ko: '에지(이웃 4개)' },
    rows: classicFilters.edges,
  },
  {
    value: 'strong-edges',
    text: { en: 'edges, 8 neighbours', ko: '에지(이웃 8개)' },
    rows: classicFilters.strongEdges,
  },
  {
    value: 'diagonal-edges',
    text: { en: 'edges, corners', ko: '에지(대각선)' },
    rows: classicFilters.diagonalEdges,
  },
  { value: 'sharpen', text: { en: 'sharpen', ko: '선명하게' }, rows: classicFilters.sharpen },
];
