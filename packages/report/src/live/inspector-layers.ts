/// <reference lib="dom" />
// Every layer's maps of the image that the inspector shows, each drawn when it comes into view.
import { describe, make } from '@convbook/page/browser';
import type { LayerValues, Predictor } from '@convbook/runtime/network';
import { layerPictures, limitOf, type ShownMaps } from '../images/layer-pictures.ts';
import { layerText } from '../images/layer-text.ts';
import { layerTitle } from './inspector-words.ts';
import { paintPicture } from './paint-values.ts';
import { layerGroups, type ShownLayer } from './shown-layers.ts';

/** Most maps of a layer, most units of one without, and about how many pixels a line of maps is wide. */
const most = { maps: 48, units: 512, line: 300 };

/** The layers as parts of the page. `scroller` is what they are scrolled in. */
export function createInspectorLayers(place: HTMLElement, scroller: HTMLElement, model: Predictor) {
  let current: { index: number; bytes: Uint8Array } | null = null;
  let answer: LayerValues | null = null;
  const drawn = new Set<Element>();
  const inView = new Set<Element>();
  const layers = new Map<Element, ShownLayer>();

  const draw = (part: Element) => {
    const one = layers.get(part);
    if (current === null || one === undefined || drawn.has(part)) return;
    drawn.add(part);
    answer ??= model.layerValues(current.bytes);
    drawLayer(part, one, one.output(answer), current.index);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) inView.delete(target);
        else {
          inView.add(target);
          draw(target);
        }
      }
    },
    { root: scroller, rootMargin: '200px' },
  );
  for (const one of layerGroups(model.layers).flatMap((group) => group.layers)) {
    const part = addLayer(place, one);
    layers.set(part, one);
    observer.observe(part);
  }
  return {
    /** Shows another image: what is in view at once, the rest later. */
    show(index: number, bytes: Uint8Array) {
      current = { index, bytes };
      answer = null;
      drawn.clear();
      for (const part of inView) draw(part);
    },
  };
}

function shownMaps([channels, height, width]: readonly number[]): ShownMaps {
  if (width === undefined) return { maps: [], columns: 1 };
  const line = matchMedia('(max-width: 40rem)').matches ? most.line / 2 : most.line;
  const columns = Math.max(3, Math.min(12, Math.floor(line / Math.max(height, width))));
  return { maps: Array.from({ length: Math.min(channels, most.maps) }, (_, k) => k), columns };
}

function addLayer(place: HTMLElement, { layer, isInside }: ShownLayer): HTMLElement {
  const { name, outputShape } = layer;
  const isMap = outputShape.length === 3;
  const shown = Math.min(outputShape[0], isMap ? most.maps : most.units);
  const part = make('div', '', { class: isInside ? 'inside' : '', 'data-layer-of': name });
  const pictures = make('div', '', { class: isMap ? 'map-sheet' : 'unit-sheet' });
  // Room for what will be drawn: without it all layers would be in view, and drawn, at first.
  const { columns, maps } = shownMaps(outputShape);
  const [, height = 1, width = 1] = outputShape;
  const ratio = isMap ? (Math.ceil(maps.length / columns) * height) / (columns * width) : 0;
  pictures.style.setProperty('--ratio', String(ratio));
  part.append(make('p', layerTitle(name, outputShape, shown), { class: 'chart-title' }), pictures);
  place.append(part);
  return part;
}

function drawLayer(
  part: Element,
  { layer: { name, outputShape } }: ShownLayer,
  values: Float32Array,
  index: number,
): void {
  const pictures = part.lastElementChild;
  if (pictures === null) return;
  const shown = shownMaps(outputShape);
  const limit = limitOf([values], outputShape, shown);
  const canvases = layerPictures(values, outputShape, shown, limit).map((picture) => {
    const canvas = make('canvas', '', { class: 'pixels tinted' });
    paintPicture(canvas, picture);
    return canvas;
  });
  pictures.replaceChildren();
  for (const canvas of canvases) pictures.append(canvas);
  pictures.setAttribute('role', 'img');
  describe(pictures, 'aria-label', layerText(name, index, values, outputShape[0]));
}
