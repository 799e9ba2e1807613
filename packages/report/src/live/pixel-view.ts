/// <reference lib="dom" />
import { highest } from '@convbook/core';
import { find, make, say } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import type { LayerValues, Predictor } from '@convbook/runtime/network';
import {
  explainPixel,
  explainSum,
  isSum,
  type PixelExplanation,
  type SumExplanation,
} from './explain-pixel.ts';
import { canShow, shownLayers } from './shown-layers.ts';

/** Windows shown as grids; of the others the largest contributions are listed. */
const most = { channels: 8, side: 11, listed: 16 };

/** The chosen pixel taken apart; null where the page has no place for it. */
export function createPixelView(model: Predictor) {
  if (!document.querySelector('[data-pixel]')) return null;
  const layerField = find<HTMLSelectElement>('[data-layer]');
  const [mapField, rowField, columnField] = ['map', 'row', 'column'].map((name) =>
    find<HTMLInputElement>(`[data-${name}]`),
  );
  const sum = find<HTMLElement>('[data-sum]');
  const windows = find<HTMLElement>('[data-windows]');
  const explainable = shownLayers(model.layers).filter(canShow);
  let answer: LayerValues | null = null;

  const update = () => {
    const shown = explainable.find(({ layer }) => layer.name === layerField.value);
    if (answer === null || shown === undefined) return;
    const { layer } = shown;
    const [filters, height = 1, width = 1] = layer.outputShape;
    const [map, row, column] = [
      clamp(mapField, filters),
      clamp(rowField, height),
      clamp(columnField, width),
    ];
    const place = (map * height + row) * width + column;
    const input = shown.input(answer);
    const activation = shown.output(answer)[place];
    const { value, text, parts } = isSum(layer)
      ? showSum(explainSum(layer, input, answer.inner, place))
      : showPixel(explainPixel(layer, model.parametersOf(layer), input, map, row, column));
    const isSame = Object.is(value, activation);
    sum.dataset.sum = String(value);
    sum.dataset.activation = String(activation);
    const own = digits(activation);
    say(sum, {
      en: `${text.en} = ${digits(value)}; ${isSame ? 'the map has the same number, to the last bit' : `the map has ${own}`}`,
      ko: `${text.ko} = ${digits(value)}; ${isSame ? '맵의 값과 마지막 비트까지 같습니다' : `맵의 값은 ${own}`}`,
    });
    windows.replaceChildren();
    for (const part of parts) windows.append(part);
  };
  for (const field of [layerField, mapField, rowField, columnField]) {
    field.addEventListener('input', update);
  }
  return {
    show(next: LayerValues) {
      if (answer === null) {
        const [first] = explainable;
        const [, height = 1, width = 1] = first.layer.outputShape;
        const place = strongest(first.output(next));
        [mapField, rowField, columnField].forEach((field, k) => {
          const index = [
            Math.floor(place / (height * width)),
            Math.floor(place / width) % height,
            place % width,
          ][k];
          field.value = String(index + 1);
        });
      }
      answer = next;
      update();
    },
    choose(layer: string, map: number, row: number, column: number) {
      if (![...layerField.options].some(({ value }) => value === layer)) return;
      layerField.value = layer;
      [mapField, rowField, columnField].forEach((field, k) => {
        field.value = String([map, row, column][k] + 1);
      });
      update();
      find('#pixel').scrollIntoView({ block: 'nearest' });
    },
  };
}

/** A pixel's value, the sum that gives it in words, and the parts to look at. */
interface ShownPixel {
  readonly value: number;
  readonly text: Text;
  readonly parts: HTMLElement[];
}

function showPixel(explained: PixelExplanation): ShownPixel {
  const { bias, terms, sum } = explained;
  const [start, count] = [digits(bias), terms.length];
  const text = {
    en: `bias ${start} + ${count} products`,
    ko: `편향 ${start} + 곱 ${count}개`,
  };
  return { value: sum, text, parts: grids(explained) };
}

function showSum({ layers, shortcut, sum }: SumExplanation): ShownPixel {
  const [own, added] = [layers, shortcut].map(digits);
  const text = {
    en: `layers ${own} + shortcut ${added}`,
    ko: `층들 ${own} + 지름길 ${added}`,
  };
  return { value: sum, text, parts: [] };
}

function strongest(values: Float32Array): number {
  return values.reduce((best, value, place) => (value > values[best] ? place : best), 0);
}

/** A field's number as an index, kept within its range. */
function clamp(field: HTMLInputElement, count: number): number {
  field.max = String(count);
  const value = Math.min(count, Math.max(1, Math.round(field.valueAsNumber) || 1));
  if (Number(field.value) !== value) field.value = String(value);
  return value - 1;
}

/** A float32 so that no other one has the same text. */
function digits(value: number): string {
  return String(Number(value.toPrecision(9)));
}

function short(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) < 0.005 ? value.toExponential(0) : value.toFixed(2);
}

function grids(explained: PixelExplanation): HTMLElement[] {
  const [channels, height, width] = explained.window;
  if (height * width === 1 || width > most.side || height > most.side) return [list(explained)];
  const shown = Math.min(channels, most.channels);
  const area = height * width;
  const parts = Array.from({ length: shown }, (_, channel) => {
    const terms = explained.terms.slice(channel * area, (channel + 1) * area);
    const row = make('div', '', { class: 'window-row' });
    const name = (text: Text) =>
      channels === 1
        ? text
        : { en: `${text.en}, channel ${channel + 1}`, ko: `${text.ko}, 채널 ${channel + 1}` };
    row.append(
      grid(
        name({ en: 'Input', ko: '입력' }),
        terms.map(({ input }) => input),
        width,
        1,
      ),
      make('span', '×'),
      grid(
        name({ en: 'Weights', ko: '가중치' }),
        terms.map(({ weight }) => weight),
        width,
      ),
      make('span', '='),
      grid(
        name({ en: 'Products', ko: '곱' }),
        terms.map(({ product }) => product),
        width,
      ),
    );
    return row;
  });
  return channels > shown ? [...parts, list(explained)] : parts;
}

function grid(title: Text, values: readonly number[], width: number, limit?: number): HTMLElement {
  const largest = limit ?? Math.max(highest(values.map(Math.abs)), 1e-30);
  const table = make('table', '', { class: 'window' });
  table.append(make('caption', title));
  for (let start = 0; start < values.length; start += width) {
    const row = make('tr');
    for (const value of values.slice(start, start + width)) {
      const cell = make('td', short(value), { class: value < 0 ? 'negative' : 'positive' });
      cell.title = digits(value);
      cell.style.setProperty('--share', String(Math.min(1, Math.abs(value) / largest)));
      row.append(cell);
    }
    table.append(row);
  }
  return table;
}

const columns: readonly Text[] = [
  { en: 'Input number', ko: '입력 번호' },
  { en: 'Input', ko: '입력' },
  { en: 'Weight', ko: '가중치' },
  { en: 'Product', ko: '곱' },
];

/** The largest contributions, where there are too many for a grid. */
function list({ terms }: PixelExplanation): HTMLElement {
  const sorted = terms
    .map((term, place) => ({ ...term, place }))
    .sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const table = make('table', '', { class: 'data' });
  const [some, all] = [Math.min(most.listed, terms.length), terms.length];
  const caption = {
    en: `The ${some} largest of ${all} products`,
    ko: `곱 ${all}개 중 가장 큰 ${some}개`,
  };
  table.append(make('caption', caption));
  const head = make('tr');
  for (const name of columns) head.append(make('th', name, { scope: 'col' }));
  table.append(head);
  for (const { place, input, weight, product } of sorted.slice(0, most.listed)) {
    const row = make('tr');
    for (const text of [String(place + 1), ...[input, weight, product].map(digits)]) {
      row.append(make('td', text));
    }
    table.append(row);
  }
  return table;
}
