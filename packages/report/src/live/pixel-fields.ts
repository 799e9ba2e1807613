/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { find, say } from '@convbook/page/browser';
import type { Place } from './explain-place.ts';
import type { ShownLayer } from './shown-layers.ts';

/** The fields for layer, map or unit, row and column; only those that a layer has are shown. */
export function createFields() {
  const layer = find<HTMLSelectElement>('[data-layer]');
  const [map, row, column] = ['map', 'row', 'column'].map((name) =>
    find<HTMLInputElement>(`[data-${name}]`),
  );
  const mapName = find<HTMLElement>('[data-map-name]');
  return {
    layer,
    write({ layer: { name, outputShape } }: ShownLayer, place: Place) {
      const [maps, height = 1, width = 1] = outputShape;
      const isMap = outputShape.length === 3;
      layer.value = name;
      say(mapName, isMap ? { en: 'Map', ko: '맵' } : { en: 'Unit', ko: '유닛' });
      for (const label of document.querySelectorAll<HTMLElement>('[data-for-maps]')) {
        label.hidden = !isMap;
      }
      writeField(map, place.map, maps);
      writeField(row, place.row, height);
      writeField(column, place.column, width);
    },
    /** The place that they say, kept within a layer's output. */
    read({ layer: { outputShape } }: ShownLayer): Place {
      const [maps, height = 1, width = 1] = outputShape;
      return {
        map: placeOf(map, maps),
        row: placeOf(row, height),
        column: placeOf(column, width),
      };
    },
    onInput(update: () => void) {
      for (const field of [layer, map, row, column]) field.addEventListener('input', update);
    },
  };
}

/** Writes a place, counted from 1. What is being typed is left alone where it means the same. */
function writeField(field: HTMLInputElement, place: number, count: number): void {
  field.max = String(count);
  if (Number(field.value) !== place + 1) field.value = String(place + 1);
}

function placeOf(field: HTMLInputElement, count: number): number {
  return Math.min(count, Math.max(1, Math.round(field.valueAsNumber) || 1)) - 1;
}
