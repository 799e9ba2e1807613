import { conv2d } from '@convbook/layers';
import { formatNumber, html, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { grid } from '../../figure/grid.ts';
import { padRows, toRows, type Cell } from '../../figure/rows.ts';
import { filterNumbers, inputNumbers, windowCounts } from './numbers.ts';
import { sayRefusal, saySize } from './say-size.ts';
import { exactError, sizeOf, type Axis } from './sizes.ts';

export interface WindowState extends Axis {
  readonly rounding: 'floor' | 'exact';
  /** What stands in the input: its numbers, or how many windows read each place. */
  readonly shows: 'numbers' | 'windows';
  /** Place of the window in the output. */
  readonly at: Cell;
}

export function viewWindow(state: WindowState, compute: Compute): Html {
  const size = sizeOf(state);
  const refusal = typeof size === 'string' ? size : refusedBy(state);
  return html`<div class="lesson-row stride-maps">
      ${inputGrid(state)}
      ${grid({
        caption: { en: `Filter, ${square(state.filter)}`, ko: `필터 ${square(state.filter)}` },
        rows: filterNumbers(state.filter),
      })}
      ${refusal === null && outputGrid(state, compute)}
    </div>
    <p class="lesson-sum" data-say>
      ${typeof size === 'string' ? null : saySize(state, size, state.rounding === 'floor')}
      ${refusal !== null && sayRefusal(refusal, size)}
    </p>
    ${refusal === null && productsLine(state, compute)}`;
}

const square = (side: number) => `${side}×${side}`;

const refusedBy = (state: WindowState) => (state.rounding === 'exact' ? exactError(state) : null);

function inputGrid(state: WindowState): Html {
  const { size, padding, filter, stride, at, shows } = state;
  const found = sizeOf(state);
  const padded = size + 2 * padding;
  const isPadding = (place: number) => place < padding || place >= padding + size;
  const reached = typeof found === 'string' ? padded : padded - found.dropped;
  const rows = shows === 'windows' ? windowCounts(state) : null;
  const isRefused = typeof found === 'string' || refusedBy(state) !== null;
  return grid({
    caption: {
      en: `Input ${square(size)}, padded: ${square(padded)}`,
      ko: `입력 ${square(size)}, 패딩 후 ${square(padded)}`,
    },
    part: 'input',
    rows: rows ?? padRows(inputNumbers(size), padding),
    window: isRefused
      ? null
      : { row: at.row * stride, column: at.column * stride, height: filter, width: filter },
    isPadding: (row, column) => isPadding(row) || isPadding(column),
    isDropped: (row, column) => row >= reached || column >= reached,
    label: {
      en: 'Padded input; arrow keys move the window',
      ko: '패딩한 입력. 화살표 키로 윈도우를 옮깁니다',
    },
  });
}

function outputRows({ size, filter, stride, padding }: WindowState, compute: Compute) {
  const layer = conv2d({ filters: 1, kernelSize: filter, stride, padding, bias: false });
  const weights = filterNumbers(filter).flat();
  const { shape, values } = compute.run([1, size, size], [layer], inputNumbers(size).flat(), {
    'conv1.weight': weights,
  });
  return toRows(values, shape[2]);
}

function outputGrid(state: WindowState, compute: Compute): Html {
  const rows = outputRows(state, compute);
  return grid({
    caption: { en: `Output, ${square(rows.length)}`, ko: `출력 ${square(rows.length)}` },
    part: 'output',
    rows,
    chosen: state.at,
    label: { en: 'Output; arrow keys move', ko: '출력. 화살표 키로 옮깁니다' },
  });
}

/** The products of the window's place that are not 0. */
function productsLine(state: WindowState, compute: Compute): Html {
  const { size, padding, filter, stride, at } = state;
  const numbers = padRows(inputNumbers(size), padding);
  const products = filterNumbers(filter).flatMap((weights, row) =>
    weights.flatMap((weight, column) => {
      const value = numbers[at.row * stride + row][at.column * stride + column];
      return value === 0 || weight === 0 ? [] : [`${value}·${weight}`];
    }),
  );
  const result = formatNumber(outputRows(state, compute)[at.row][at.column]);
  const sum = products.length === 0 ? result : `${products.join(' + ')} = ${result}`;
  return html`<p class="lesson-sum stride-products">
    ${{
      en: `The window gives ${sum}; products with a 0 are left out.`,
      ko: `이 윈도우의 값은 ${sum}입니다. 0이 들어간 곱은 적지 않았습니다.`,
    }}
  </p>`;
}
