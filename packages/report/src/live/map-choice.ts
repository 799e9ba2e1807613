/// <reference lib="dom" />
import { make } from '@convbook/page/browser';
import { largestSize } from '@convbook/core';
import type { LayerValues } from '@convbook/runtime/network';
import { paintValues } from './paint-values.ts';
import type { ShownLayer } from './shown-layers.ts';

/** Most maps to choose from here; the field has all of them. */
const most = 64;

/** The maps of a layer side by side, of which one is chosen; without maps there is nothing. */
export function createMapChoice(choose: (map: number) => void) {
  const part = make('div', '', {
    class: 'map-choice',
    role: 'group',
    'aria-label': { en: 'Maps of this layer', ko: '이 층의 맵' },
  });
  let buttons: { button: HTMLButtonElement; canvas: HTMLCanvasElement }[] = [];
  let layer = '';

  const build = (one: ShownLayer, [maps, height, width]: readonly number[]) => {
    layer = one.layer.name;
    buttons = Array.from({ length: width === undefined ? 0 : Math.min(maps, most) }, (_, map) => {
      const name = { en: `Map ${map + 1}`, ko: `맵 ${map + 1}` };
      const button = make('button', '', { type: 'button', 'aria-label': name });
      const canvas = make('canvas', '', { class: 'pixels tinted' });
      [canvas.width, canvas.height] = [width, height];
      // The field for the map is the way by keyboard: sixty stops of Tab would be in the way.
      button.tabIndex = -1;
      button.append(canvas);
      button.addEventListener('click', () => choose(map));
      return { button, canvas };
    });
    part.replaceChildren();
    for (const { button } of buttons) part.append(button);
  };
  return {
    part,
    show(one: ShownLayer, answer: LayerValues, chosen: number) {
      const { name, outputShape } = one.layer;
      if (name !== layer) build(one, outputShape);
      part.hidden = buttons.length < 2;
      const values = one.output(answer);
      const [limit, area] = [largestSize(values), values.length / outputShape[0]];
      buttons.forEach(({ button, canvas }, map) => {
        paintValues(canvas, values.subarray(map * area, (map + 1) * area), limit);
        button.setAttribute('aria-pressed', String(map === chosen));
      });
    },
  };
}
