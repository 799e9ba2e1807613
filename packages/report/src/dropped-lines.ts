import type { LayerSummary } from '@convbook/layers';
import { formatPlural } from './format.ts';

/** Whether rows or columns are left over that no window reaches. */
export function isCut({ dropped }: LayerSummary): boolean {
  return dropped.some((lines) => lines > 0);
}

/** What no window of a layer reaches: `the last 1 row and 2 columns`. */
export function droppedLines({ dropped: [rows, columns] }: LayerSummary): string {
  const parts = [
    ...(rows > 0 ? [formatPlural(rows, 'row')] : []),
    ...(columns > 0 ? [formatPlural(columns, 'column')] : []),
  ];
  return `the last ${parts.join(' and ')}`;
}
