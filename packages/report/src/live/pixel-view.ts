/// <reference lib="dom" />
import { find, say } from '@convbook/page/browser';
import type { LayerValues, Predictor } from '@convbook/runtime/network';
import { explainPlace, indexOf, placeAt, valueOf, type Place } from './explain-place.ts';
import { digits } from './numbers.ts';
import { partsOf } from './pixel-parts.ts';
import { createPixelScene, type ChosenPixel } from './pixel-scene.ts';
import { stepsAfter } from './pixel-steps.ts';
import { wordsOf } from './pixel-words.ts';
import { canShow, shownLayers, type ShownLayer } from './shown-layers.ts';

/** A pixel by the name of its layer. */
export interface NamedPixel extends Place {
  readonly layer: string;
}

/**
 * The chosen pixel taken apart; null where the page has no place for it.
 *
 * @param onChosen Hears which pixel is chosen now.
 */
export function createPixelView(
  model: Predictor,
  inputShape: readonly number[],
  onChosen: (pixel: NamedPixel) => void,
) {
  if (!document.querySelector('[data-pixel]')) return null;
  const fields = createFields();
  const [sum, windows, steps] = ['sum', 'windows', 'steps'].map((name) =>
    find<HTMLElement>(`[data-${name}]`),
  );
  const all = shownLayers(model.layers);
  const explainable = all.filter(canShow);
  let shown: { answer: LayerValues; bytes: Uint8Array } | null = null;

  const update = () => {
    const one = explainable.find(({ layer }) => layer.name === fields.layer.value);
    if (shown === null || one === undefined) return;
    const { answer, bytes } = shown;
    const place = fields.read(one);
    const explanation = explainPlace(model, one, answer, place);
    showSum(sum, { one, place, explanation, answer, bytes });
    scene.show({ one, place, explanation, answer, bytes });
    fill(windows, partsOf(one, explanation));
    fill(steps, stepsAfter(model, all, { one, place }, answer));
    onChosen({ layer: one.layer.name, ...place });
  };
  const choose = (place: Place) => {
    fields.write(place);
    update();
  };
  const scene = createPixelScene(find('[data-scene]'), inputShape, choose);
  fields.onInput(update);
  return {
    show(answer: LayerValues, bytes: Uint8Array) {
      if (shown === null) fields.write(strongest(explainable[0], answer));
      shown = { answer, bytes };
      update();
    },
    /** Chooses a pixel; whether its layer is one of those that can be taken apart. */
    choose({ layer, ...place }: NamedPixel): boolean {
      if (!explainable.some((one) => one.layer.name === layer)) return false;
      fields.layer.value = layer;
      choose(place);
      return true;
    },
  };
}

function fill(part: HTMLElement, items: readonly HTMLElement[]): void {
  part.replaceChildren();
  for (const item of items) part.append(item);
}

function showSum(sum: HTMLElement, { one, place, explanation, answer }: ChosenPixel): void {
  const activation = one.output(answer)[indexOf(one.layer.outputShape, place)];
  const [value, words] = [valueOf(explanation), wordsOf(explanation)];
  const isSame = Object.is(value, activation);
  sum.dataset.sum = String(value);
  sum.dataset.activation = String(activation);
  const own = digits(activation);
  const { name } = one.layer;
  say(sum, {
    en: `${name}: ${words.en} = ${digits(value)}; ${isSame ? 'the layer has the same number, to the last bit' : `the layer has ${own}`}`,
    ko: `${name}: ${words.ko} = ${digits(value)} (${isSame ? '층의 값과 마지막 비트까지 같음' : `층의 값은 ${own}`})`,
  });
}

/** The fields for layer, map or unit, row and column; only those that a layer has are shown. */
function createFields() {
  const layer = find<HTMLSelectElement>('[data-layer]');
  const [map, row, column] = ['map', 'row', 'column'].map((name) =>
    find<HTMLInputElement>(`[data-${name}]`),
  );
  const mapName = find<HTMLElement>('[data-map-name]');
  const write = (place: Place) => {
    map.value = String(place.map + 1);
    row.value = String(place.row + 1);
    column.value = String(place.column + 1);
  };
  return {
    layer,
    write,
    read({ layer: { outputShape } }: ShownLayer): Place {
      const [maps, height = 1, width = 1] = outputShape;
      const isMap = outputShape.length === 3;
      say(mapName, isMap ? { en: 'Map', ko: '맵' } : { en: 'Unit', ko: '유닛' });
      for (const label of document.querySelectorAll<HTMLElement>('[data-for-maps]')) {
        label.hidden = !isMap;
      }
      const place = {
        map: clamp(map, maps),
        row: clamp(row, height),
        column: clamp(column, width),
      };
      return place;
    },
    onInput(update: () => void) {
      for (const field of [layer, map, row, column]) field.addEventListener('input', update);
    },
  };
}

function strongest({ layer, output }: ShownLayer, answer: LayerValues): Place {
  const values = output(answer);
  const best = values.reduce((at, value, place) => (value > values[at] ? place : at), 0);
  return placeAt(layer.outputShape, best);
}

/** A field's number as an index, kept within its range. */
function clamp(field: HTMLInputElement, count: number): number {
  field.max = String(count);
  const value = Math.min(count, Math.max(1, Math.round(field.valueAsNumber) || 1));
  if (Number(field.value) !== value) field.value = String(value);
  return value - 1;
}
