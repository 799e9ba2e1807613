import type { Text } from '@convbook/page/markup';
import { writtenNumber, writtenProducts } from '../../figure/written-sum.ts';
import { filters, side, type MatrixState, type Product } from './matrix-product.ts';

/** Row times column, written out. */
export function productText({ at, filter }: MatrixState, { matrix, weights, maps }: Product): Text {
  const pairs = matrix[at].map((value, element) => [value, weights[element][filter]] as const);
  const sum = `${writtenProducts(pairs)} = ${writtenNumber(maps[filter][at])}`;
  return {
    en: `Row ${at + 1} × filter ${filter + 1}: ${sum}`,
    ko: `${at + 1}행 × 필터 ${filter + 1}: ${sum}`,
  };
}

/** Where a number of the matrix comes from, and how large the matrices are. */
export function matrixText(
  { channels, kernel, stride, padding, at, element, filter }: MatrixState,
  { across, matrix }: Product,
): Text {
  const [rows, columns] = [matrix.length, matrix[0].length];
  const pixel = element % kernel ** 2;
  const channel = Math.floor(element / kernel ** 2) + 1;
  const [a, b] = [Math.floor(pixel / kernel) + 1, (pixel % kernel) + 1];
  const window = `(${side} + 2 × ${padding} − ${kernel}) / ${stride}`;
  const size = Number.isInteger((side + 2 * padding - kernel) / stride) ? window : `⌊${window}⌋`;
  const shapes = `(${rows}, ${columns}) · (${columns}, ${filters}) = (${rows}, ${filters})`;
  const places = `${size} + 1 = ${across}`;
  const [down, right] = [Math.floor(at / across) + 1, (at % across) + 1];
  return {
    en: `Column ${element + 1} of the matrix holds row ${a}, column ${b} of each window in channel ${channel}. Row ${at + 1} is the window for row ${down}, column ${right} of feature map ${filter + 1}. The window has ${places} places along a side, so there are ${across} × ${across} = ${rows} rows, with ${channels} × ${kernel} × ${kernel} = ${columns} numbers each: ${shapes}.`,
    ko: `행렬의 ${element + 1}열에는 윈도우마다 채널 ${channel}의 ${a}행 ${b}열에 있는 수가 놓입니다. ${at + 1}행은 특징 맵 ${filter + 1}의 ${down}행 ${right}열을 만드는 윈도우입니다. 윈도우가 한 변에 ${places}곳에 놓이므로 행은 ${across} × ${across} = ${rows}개이고, 행마다 수가 ${channels} × ${kernel} × ${kernel} = ${columns}개입니다. ${shapes}.`,
  };
}
