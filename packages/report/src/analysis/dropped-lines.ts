import type { LayerSummary } from '@convbook/layers';
import type { Text } from '@convbook/page';

/** Whether rows or columns are left over that no window reaches. */
export function isCut({ dropped }: LayerSummary): boolean {
  return dropped.some((lines) => lines > 0);
}

/** The rows and columns that no window of a layer reaches: `the last row and 2 columns of its padded input`. */
export function droppedLines({ dropped: [rows, columns], padding }: LayerSummary): Text {
  const count = (lines: number, name: string) =>
    lines === 0 ? [] : [lines === 1 ? name : `${lines} ${name}s`];
  const en = [...count(rows, 'row'), ...count(columns, 'column')];
  const ko = [...(rows > 0 ? [`행 ${rows}개`] : []), ...(columns > 0 ? [`열 ${columns}개`] : [])];
  const isPadded = padding?.some((lines) => lines > 0) ?? false;
  return {
    en: `the last ${en.join(' and ')} of its ${isPadded ? 'padded ' : ''}input`,
    ko: `${isPadded ? '패딩을 더한 ' : ''}입력의 마지막 ${ko.join('와 ')}`,
  };
}
