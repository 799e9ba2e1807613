/// <reference lib="dom" />
// The table of maps: a column a method, a row for each of the two networks and one for their correlation.
import { describe, make, say } from '@convbook/page/browser';
import { largestSize } from '@convbook/core';
import { formatSigned, type Text } from '@convbook/page/text';
import { correlation } from '../analysis/correlation.ts';
import type { Method, MethodMaps } from '../explain/explain.ts';
import { mapText, methodNames, networkNames } from '../explain/map-text.ts';
import { overlayPicture } from '../images/overlay.ts';
import {
  computeText,
  correlationName,
  failedText,
  methodHints,
  tableName,
} from './explain-words.ts';
import { paintPicture } from './paint-values.ts';

/** The image that is explained. */
export interface ExplainedImage {
  /** Bytes `[channels, height, width]`. */
  readonly bytes: Uint8Array;
  /** Its name within a sentence. */
  readonly subject: Text;
}

/** A column of the table. */
export interface MethodColumn {
  readonly method: Method;
  /** Shows the maps of an image for a class. */
  show(maps: MethodMaps, image: ExplainedImage, className: string): void;
  /** Shows no maps: a button that asks for them, or nothing while they are computed. */
  clear(isAsked: boolean): void;
  /** Says why there are no maps. */
  fail(error: unknown): void;
}

/** @param ask Is called where maps are asked for by their button. */
export function createExplainTable(
  columns: readonly { readonly method: Method; readonly cost: number }[],
  imageShape: readonly number[],
  ask: (method: Method) => void,
) {
  const table = make('table', '', { class: 'explain-maps' });
  const [head, body] = [make('thead'), make('tbody')];
  const rows = [head, body, body, body].map((part) => part.appendChild(make('tr')));
  rows[0].append(make('td'));
  [networkNames.trained, networkNames.random, correlationName].forEach((name, k) =>
    rows[k + 1].append(make('th', name, { scope: 'row' })),
  );
  table.append(make('caption', tableName, { class: 'hidden' }), head, body);
  const made = columns.map(({ method, cost }): MethodColumn => {
    const title = make('th', methodNames[method], { scope: 'col' });
    title.append(make('small', methodHints[method]));
    rows[0].append(title);
    const places = [1, 2].map((row) => rows[row].appendChild(make('td')));
    const alike = rows[3].appendChild(make('td', '–'));
    const canvases = places.map((place) => {
      const canvas = make('canvas', '', { class: 'pixels tinted', role: 'img' });
      [canvas.height, canvas.width] = imageShape.slice(1);
      place.append(canvas);
      return canvas;
    });
    const button = make('button', computeText(cost), { type: 'button', 'data-compute': method });
    button.addEventListener('click', () => ask(method));
    const said = make('p', '', { role: 'status' });
    places[0].append(button, said);
    const empty = (isAsked: boolean) => {
      for (const canvas of canvases) {
        canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
        describe(canvas, 'aria-label', notYet);
      }
      button.hidden = isAsked;
      places[0].classList.toggle('waiting', isAsked);
      delete title.dataset.ready;
      say(said, '');
      say(alike, '–');
    };
    empty(true);
    return {
      method,
      clear: empty,
      show(maps, { bytes, subject }, className) {
        empty(true);
        places[0].classList.remove('waiting');
        [maps.trained, maps.untrained].forEach((map, k) => {
          const limit = largestSize(map);
          paintPicture(canvases[k], overlayPicture(map, maps.shape, bytes, imageShape, limit));
          describe(canvases[k], 'aria-label', mapText(subject, maps, className, k === 0));
        });
        say(alike, formatSigned(correlation(maps.trained, maps.untrained)));
        title.dataset.ready = className;
      },
      fail(error) {
        empty(true);
        places[0].classList.remove('waiting');
        say(said, failedText(error));
      },
    };
  });
  return { table, columns: made };
}

const notYet: Text = { en: 'not computed yet', ko: '아직 계산하지 않음' };
