import { html, type Html } from '@convbook/page/markup';
import { grid } from '../../figure/grid.ts';
import { cellAt, padRows, toRows } from '../../figure/rows.ts';
import { filters, side, type MatrixState, type Product } from './matrix-product.ts';

/** Image, matrices and maps of a state. */
export function matrixGrids(state: MatrixState, product: Product): Html {
  return html`<div class="lesson-row im2col-product">
    ${imageGrids(state, product)} ${matrixGrid(state, product)} ${weightGrid(state, product)}
    ${productGrid(state, product)} ${mapGrids(state, product)}
  </div>`;
}

/** A channel each, with its padding and the window; the pixel that the matrix has at the chosen place stands out. */
function imageGrids(state: MatrixState, { across }: Product): Html[] {
  const { x, channels, kernel, stride, padding, at, element } = state;
  const output = cellAt(at, across);
  const corner = { row: output.row * stride, column: output.column * stride };
  const pixel = cellAt(element % kernel ** 2, kernel);
  const chosen = { row: corner.row + pixel.row, column: corner.column + pixel.column };
  return Array.from({ length: channels }, (_, channel) =>
    grid({
      caption: { en: `Image, channel ${channel + 1}`, ko: `이미지 채널 ${channel + 1}` },
      part: `image-${channel}`,
      rows: padRows(toRows(x.slice(channel * side ** 2, (channel + 1) * side ** 2), side), padding),
      window: { ...corner, height: kernel, width: kernel },
      chosen: Math.floor(element / kernel ** 2) === channel ? chosen : null,
      at: corner,
      isPadding: (row, column) =>
        Math.min(row, column) < padding || Math.max(row, column) >= side + padding,
      digits: 5,
    }),
  );
}

function matrixGrid({ at, element }: MatrixState, { matrix }: Product): Html {
  const [rows, columns] = [matrix.length, matrix[0].length];
  return grid({
    caption: {
      en: `Windows, ${rows}×${columns}`,
      ko: `윈도우 ${rows}×${columns}`,
    },
    part: 'matrix',
    rows: matrix,
    rowHeads: matrix.map((_, row) => row + 1),
    window: { row: at, column: 0, height: 1, width: columns },
    chosen: { row: at, column: element },
    digits: 5,
  });
}

function weightGrid({ element, filter }: MatrixState, { weights }: Product): Html {
  return grid({
    caption: {
      en: `Filters, ${weights.length}×${filters}`,
      ko: `필터 ${weights.length}×${filters}`,
    },
    part: 'weights',
    rows: weights,
    window: { row: 0, column: filter, height: weights.length, width: 1 },
    chosen: { row: element, column: filter },
  });
}

function productGrid({ at, filter }: MatrixState, { maps, matrix }: Product): Html {
  return grid({
    caption: {
      en: `Product, ${matrix.length}×${filters}`,
      ko: `행렬 곱 ${matrix.length}×${filters}`,
    },
    part: 'product',
    rows: matrix.map((_, row) => maps.map((map) => map[row])),
    rowHeads: matrix.map((_, row) => row + 1),
    chosen: { row: at, column: filter },
    digits: 5,
  });
}

/** The columns of the product, put back in rows and columns. */
function mapGrids({ at, filter }: MatrixState, { maps, across }: Product): Html[] {
  return maps.map((map, of) =>
    grid({
      caption: { en: `Map ${of + 1}`, ko: `특징 맵 ${of + 1}` },
      part: `map-${of}`,
      rows: toRows(map, across),
      chosen: of === filter ? cellAt(at, across) : null,
      digits: 5,
    }),
  );
}
