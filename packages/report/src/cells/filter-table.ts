import { formatNumber } from '../format.ts';
import type { Html } from '../html.ts';
import type { FilterSnapshot } from '../run/run.ts';
import { renderTable, type Column } from '../table.ts';

/** Norms and ranges of the filters; what changed where there is a snapshot from before training. */
export function filterTable(before: FilterSnapshot | null, after: FilterSnapshot): Html {
  const now = filters(after);
  const then = before === null ? null : filters(before);
  const change: Column<number>[] = [
    { head: 'Norm before', numeric: true, value: (k) => formatNumber(norm(then?.[k] ?? [])) },
    {
      head: 'Norm of the change',
      numeric: true,
      value: (k) => formatNumber(norm(now[k].map((weight, i) => weight - (then?.[k][i] ?? 0)))),
    },
  ];
  return renderTable<number>({
    caption: 'Filters of the first convolution',
    columns: [
      { head: 'Filter', heading: true, value: (k) => k + 1 },
      { head: 'Norm', numeric: true, value: (k) => formatNumber(norm(now[k])) },
      { head: 'Lowest weight', numeric: true, value: (k) => formatNumber(Math.min(...now[k])) },
      { head: 'Highest weight', numeric: true, value: (k) => formatNumber(Math.max(...now[k])) },
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
