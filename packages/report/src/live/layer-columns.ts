/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The images of the cell "Feature maps": others are chosen, and the pictures that the page came with give way to
// those of the new images.
import { highest } from '@convbook/core';
import { describe, find, make, paintInput, say } from '@convbook/page/browser';
import type { Picture } from '@convbook/page/pixels';
import { formatProbability, formatSigned } from '@convbook/page/text';
import type { LayerValues, Predictor } from '@convbook/runtime/network';
import { classValues } from '../analysis/class-values.ts';
import { softmax } from '../analysis/evaluation.ts';
import { layerPictures, limitOf, type ShownMaps } from '../images/layer-pictures.ts';
import { layerText, scaleText } from '../images/layer-text.ts';
import { testImageName } from '../images/test-image-name.ts';
import { makeOption } from './make-option.ts';
import { paintPicture } from './paint-values.ts';
import type { TestSet } from './test-set.ts';

/** The part of the page's data that the columns need. */
export interface ColumnSources {
  readonly model: Predictor;
  readonly testSet: TestSet;
  /** Places in the test set of the images that one may choose; the page has them all. */
  readonly choice: readonly number[];
}

/** Lets other test images be chosen; nothing where the page has no such cell. */
export function createLayerColumns(sources: ColumnSources): void {
  const { testSet, choice } = sources;
  const columns = [...document.querySelectorAll<HTMLElement>('.layer-maps [data-image-index]')];
  const chosen = columns.map(({ dataset }) => Number(dataset.imageIndex));
  if (chosen.some((index) => !choice.includes(index))) return;
  columns.forEach((column, n) => {
    const select = find<HTMLSelectElement>('select', column);
    for (const index of choice) select.append(optionOf(index, testSet));
    select.value = String(chosen[n]);
    select.addEventListener('change', () => {
      chosen[n] = Number(select.value);
      redraw(sources, columns, chosen);
    });
    find<HTMLElement>('[data-choice]', column).hidden = false;
    find<HTMLElement>('[data-index]', column).hidden = true;
  });
}

function optionOf(index: number, { answer, classNames }: TestSet) {
  const label = classNames[answer(index).label];
  const text = { en: `#${index}, label ${label}`, ko: `#${index}, 정답 ${label}` };
  return makeOption(String(index), text);
}

function redraw(
  sources: ColumnSources,
  columns: readonly HTMLElement[],
  chosen: readonly number[],
): void {
  const { model, testSet } = sources;
  const images = chosen.map((index) => testSet.image(index) ?? new Uint8Array());
  const answers = images.map((image) => model.layerValues(image));
  columns.forEach((column, n) => {
    const picture = find<HTMLImageElement>('img', column);
    const canvas = canvasOf(model.layers[0].inputShape);
    paintInput(canvas, images[n], model.layers[0].inputShape);
    picture.src = canvas.toDataURL();
    describe(picture, 'alt', testImageName(chosen[n]));
    const link = find<HTMLAnchorElement>('[data-image]', column);
    link.href = `#image=${chosen[n]}`;
    link.dataset.image = String(chosen[n]);
    find('[data-index]', column).textContent = `#${chosen[n]}`;
  });
  for (const row of document.querySelectorAll<HTMLElement>('.layer-maps [data-layer-row]')) {
    redrawRow(row, sources, answers, chosen);
  }
  document.querySelectorAll('.layer-maps [data-answer-of]').forEach((place, n) => {
    const { logits } = answers[n];
    const [best] = classValues(logits, testSet.classNames).filter(({ isBest }) => isBest);
    const probability = formatProbability(highest(softmax(logits)));
    say(place, { en: 'predicted ', ko: '예측 ' });
    place.append(make('b', best.name), ` ${probability}`);
  });
}

function redrawRow(
  row: HTMLElement,
  { model, testSet }: ColumnSources,
  answers: readonly LayerValues[],
  indexes: readonly number[],
): void {
  const { layerRow, kind, name = '', shown = '', perLine } = row.dataset;
  const to = Number(layerRow);
  const { outputShape: shape } = model.layers[to - 1];
  const maps: ShownMaps = {
    maps: shown === '' ? [] : shown.split(' ').map(Number),
    columns: Number(perLine),
  };
  const values = answers.map((answer) => answer.values[to]);
  const limit = limitOf(values, shape, maps);
  say(find(`[data-scale="${to}"]`), scaleText(limit));
  [...row.children].forEach((place, n) => {
    if (kind === 'classes') {
      fillClasses(place, values[n], testSet.classNames, limit);
      return;
    }
    describe(place, 'aria-label', layerText(name, indexes[n], values[n], shape[0]));
    const lines = place.querySelectorAll('img');
    layerPictures(values[n], shape, maps, limit).forEach((picture, k) => {
      lines[k].src = urlOf(picture);
    });
  });
}

function fillClasses(
  place: Element,
  output: Float32Array,
  names: readonly string[],
  limit: number,
): void {
  const rows = place.querySelectorAll('tr');
  classValues(output, names).forEach(({ name, value, isBest }, k) => {
    const cell = find<HTMLElement>('td', rows[k]);
    rows[k].className = isBest ? 'best' : 'other';
    find('th', rows[k]).textContent = name;
    cell.textContent = formatSigned(value);
    cell.className = value < 0 ? 'negative' : 'positive';
    cell.style.setProperty('--share', String(limit === 0 ? 0 : Math.abs(value) / limit));
  });
}

function canvasOf([, height, width]: readonly number[]): HTMLCanvasElement {
  const canvas = make('canvas');
  [canvas.width, canvas.height] = [width, height];
  return canvas;
}

function urlOf(picture: Picture): string {
  const canvas = make('canvas');
  paintPicture(canvas, picture);
  return canvas.toDataURL();
}
