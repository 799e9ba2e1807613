import { highest, lowest } from '@convbook/core';
import { formatNumber, renderTable, type Column, type Html } from '@convbook/page';
import type { FilterSnapshot } from '@convbook/run';

/** Norms and ranges of the filters; what changed where there is a snapshot from before training. */
export function filterTable(before: FilterSnapshot | null, after: FilterSnapshot): Html {
  const now = filters(after);
  const then = before === null ? null : filters(before);
  const change: Column<number>[] = [
    {
      head: { en: 'Norm before', ko: '학습 전 노름' },
      numeric: true,
      value: (k) => formatNumber(norm(then?.[k] ?? [])),
    },
    {
      head: { en: 'Norm of the change', ko: '변화의 노름' },
      numeric: true,
      value: (k) => formatNumber(norm(now[k].map((weight, i) => weight - (then?.[k][i] ?? 0)))),
    },
  ];
  return renderTable<number>({
    caption: { en: 'Filters of the first convolution', ko: '첫 번째 합성곱의 필터' },
    columns: [
      { head: { en: 'Filter', ko: '필터' }, heading: true, value: (k) => k + 1 },
      {
        head: { en: 'Norm', ko: '노름' },
        numeric: true,
        value: (k) => formatNumber(norm(now[k])),
      },
      {
        head: { en: 'Lowest weight', ko: '최소 가중치' },
        numeric: true,
        value: (k) => formatNumber(lowest(now[k])),
      },
      {
        head: { en: 'Highest weight', ko: '최대 가중치' },
        numeric: true,
        value: (k) => formatNumber(highest(now[k])),
      },
      ...(then === null ? [] : change),
    ],
    rows: now.map((_, k) => k),
  });
}

/** Weights of each filter, `[filters][channels·height·width]`. */
function filters({ shape, weights }: FilterSnapshot): number[][] {
  const size = weights.length / shape[0];
  return Array.from({ length: shape[0] }, (_, k) => [
    ...weights.subarray(k * size, (k + 1) * size),
  ]);
}

function norm(weights: readonly number[]): number {
  return Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
}
