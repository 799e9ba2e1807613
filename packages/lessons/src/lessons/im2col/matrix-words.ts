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

/** Where the chosen number of the matrix comes from, and what its row makes. */
export function placeText({ kernel, at, element, filter }: MatrixState, { across }: Product): Text {
  const pixel = element % kernel ** 2;
  const channel = Math.floor(element / kernel ** 2) + 1;
  const [a, b] = [Math.floor(pixel / kernel) + 1, (pixel % kernel) + 1];
  const [down, right] = [Math.floor(at / across) + 1, (at % across) + 1];
  return {
    en: `Row ${at + 1} is the window for row ${down}, column ${right} of map ${filter + 1}. Its column ${element + 1} holds the number in row ${a}, column ${b} of the window, channel ${channel}.`,
    ko: `${at + 1}행은 특징 맵 ${filter + 1}의 ${down}행 ${right}열을 만드는 윈도우입니다. 그 ${element + 1}열에는 윈도우의 채널 ${channel}, ${a}행 ${b}열에 있는 수가 놓입니다.`,
  };
}

/** How large the matrices are. */
export function sizeText(
  { channels, kernel, stride, padding }: MatrixState,
  { across, matrix }: Product,
): Text {
  const [rows, columns] = [matrix.length, matrix[0].length];
  const fraction = `(${side} + 2 × ${padding} − ${kernel}) / ${stride}`;
  const isWhole = Number.isInteger((side + 2 * padding - kernel) / stride);
  const places = `${isWhole ? fraction : `⌊${fraction}⌋`} + 1 = ${across}`;
  const shapes = `(${rows}, ${columns}) · (${columns}, ${filters}) = (${rows}, ${filters})`;
  return {
    en: `Places of the window along a side: ${places}. Rows: ${across} × ${across} = ${rows}. Numbers in a row: ${channels} × ${kernel} × ${kernel} = ${columns}. Matrices: ${shapes}.`,
    ko: `한 변에서 윈도우의 위치 수: ${places}. 행의 수: ${across} × ${across} = ${rows}. 한 행에 든 수의 개수: ${channels} × ${kernel} × ${kernel} = ${columns}. 행렬 곱: ${shapes}.`,
  };
}
