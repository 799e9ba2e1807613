/// <reference lib="dom" />
// The numbers that make a pixel, as tables.
import { highest } from '@convbook/core';
import { make } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import type { Explanation } from './explain-place.ts';
import type { PixelExplanation } from './explain-pixel.ts';
import type { WindowExplanation } from './explain-window.ts';
import { nameOfInput } from './input-names.ts';
import { digits, short } from './numbers.ts';
import type { ShownLayer } from './shown-layers.ts';

/** Windows shown as grids; of the others the largest contributions are listed. */
const most = { channels: 8, side: 11, listed: 16 };

/** The numbers below the sum: windows as grids, or a list; nothing where the sum says it all. */
export function partsOf(one: ShownLayer, explanation: Explanation): HTMLElement[] {
  if (explanation.by === 'window') return pooledGrid(explanation);
  return explanation.by === 'products' ? grids(one, explanation) : [];
}

/** A number of a grid: what it is, and how strongly it is coloured. */
interface GridCell {
  readonly value: number;
  readonly isOutside?: boolean;
  readonly isKept?: boolean;
}

function grids(one: ShownLayer, explained: PixelExplanation): HTMLElement[] {
  const [channels, height, width] = explained.window;
  if (height * width === 1 || width > most.side || height > most.side) {
    return [list(one, explained)];
  }
  const shown = Math.min(channels, most.channels);
  const area = height * width;
  const parts = Array.from({ length: shown }, (_, channel) => {
    const terms = explained.terms.slice(channel * area, (channel + 1) * area);
    const row = make('div', '', { class: 'window-row' });
    const name = (text: Text) =>
      channels === 1
        ? text
        : { en: `${text.en}, channel ${channel + 1}`, ko: `${text.ko}, 채널 ${channel + 1}` };
    const cells = (key: 'input' | 'weight' | 'product'): GridCell[] =>
      terms.map((term) => ({ value: term[key], isOutside: term.isOutside }));
    row.append(
      grid(name({ en: 'Input', ko: '입력' }), cells('input'), width, 1),
      make('span', '×'),
      grid(name({ en: 'Weights', ko: '가중치' }), cells('weight'), width),
      make('span', '='),
      grid(name({ en: 'Products', ko: '곱' }), cells('product'), width),
    );
    return row;
  });
  return channels > shown ? [...parts, list(one, explained)] : parts;
}

function pooledGrid({ pooling, places, width }: WindowExplanation): HTMLElement[] {
  if (width > most.side || places.length / width > most.side) return [];
  const cells = places.map((place) => ({
    ...place,
    isKept: pooling !== 'mean' && place.isKept && !place.isOutside,
  }));
  return [grid({ en: 'Window', ko: '윈도우' }, cells, width)];
}

function grid(title: Text, cells: readonly GridCell[], width: number, limit?: number): HTMLElement {
  const largest = limit ?? Math.max(highest(cells.map(({ value }) => Math.abs(value))), 1e-30);
  const table = make('table', '', { class: 'window' });
  table.append(make('caption', title));
  for (let start = 0; start < cells.length; start += width) {
    const row = make('tr');
    for (const { value, isOutside = false, isKept = false } of cells.slice(start, start + width)) {
      const kind = value < 0 ? 'negative' : 'positive';
      const cell = make('td', short(value), {
        class: `${kind}${isOutside ? ' outside' : ''}${isKept ? ' kept' : ''}`,
      });
      cell.title = digits(value);
      cell.style.setProperty('--share', String(Math.min(1, Math.abs(value) / largest)));
      row.append(cell);
    }
    table.append(row);
  }
  return table;
}

const columns: readonly Text[] = [
  { en: 'Input', ko: '입력' },
  { en: 'Value', ko: '값' },
  { en: 'Weight', ko: '가중치' },
  { en: 'Product', ko: '곱' },
];

/** The largest contributions, where there are too many for a grid, each with where it comes from. */
function list(one: ShownLayer, { terms }: PixelExplanation): HTMLElement {
  const sorted = terms
    .map((term, place) => ({ ...term, place }))
    .filter(({ isOutside }) => !isOutside)
    .sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const [, height = 1, width = 1] = one.layer.inputShape;
  const table = make('table', '', { class: 'data' });
  const [some, all] = [Math.min(most.listed, sorted.length), terms.length];
  const caption = {
    en: `The ${some} largest of ${all} products`,
    ko: `곱 ${all}개 중 가장 큰 ${some}개`,
  };
  table.append(make('caption', caption));
  const head = make('tr');
  for (const name of columns) head.append(make('th', name, { scope: 'col' }));
  table.append(head);
  for (const { channel, row, column, input, weight, product } of sorted.slice(0, most.listed)) {
    const line = make('tr');
    const index = (channel * height + row) * width + column;
    line.append(make('td', nameOfInput(one, index)));
    for (const value of [input, weight, product]) line.append(make('td', digits(value)));
    table.append(line);
  }
  return table;
}
