import type { LayerSummary } from '@convbook/layers';
import { formatPlural } from './format.ts';
import type { Text } from './text.ts';

/** Whether rows or columns are left over that no window reaches. */
export function isCut({ dropped }: LayerSummary): boolean {
  return dropped.some((lines) => lines > 0);
}

/** What no window of a layer reaches: `the last 1 row and 2 columns`. */
export function droppedLines({ dropped: [rows, columns] }: LayerSummary): Text {
  const en = [
    ...(rows > 0 ? [formatPlural(rows, 'row')] : []),
    ...(columns > 0 ? [formatPlural(columns, 'column')] : []),
  ];
  const ko = [...(rows > 0 ? [`행 ${rows}개`] : []), ...(columns > 0 ? [`열 ${columns}개`] : [])];
  return { en: `the last ${en.join(' and ')}`, ko: `마지막 ${ko.join('와 ')}` };
}
