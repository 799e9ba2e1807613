/// <reference lib="dom" />
import { find, make } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import type { LayerValues, Predictor } from '@convbook/runtime/network';
import { layerGroups, type ShownLayer } from './shown-layers.ts';

/** Most maps shown of a layer, and most units of a layer without maps. */
const most = { maps: 64, units: 512 };

/** Receives the pixel of a map that is clicked. */
type Choose = (layer: string, map: number, row: number, column: number) => void;

/** Every layer's maps, drawn again for each answer; clicking one chooses its pixel. */
export function createMaps(model: Predictor, choose: Choose) {
  const place = find<HTMLElement>('[data-maps]');
  const shown = layerGroups(model.layers).flatMap(({ isFolded, layers }) => {
    const holder = isFolded ? foldOf(layers) : place;
    if (isFolded) place.append(holder);
    return layers.map((layer) => addLayer(holder, layer, choose));
  });
  return {
    show(answer: LayerValues) {
      for (const { output, canvases, count, isMap } of shown) {
        const values = output(answer);
        const limit = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
        const area = canvases[0].width * canvases[0].height;
        canvases.forEach((canvas, map) => {
          const own = isMap
            ? values.subarray(map * area, (map + 1) * area)
            : values.subarray(0, count);
          paint(canvas, own, limit);
        });
      }
    },
  };
}

/** A closed part of the page for layers that are looked at less often. */
function foldOf(layers: readonly ShownLayer[]): HTMLElement {
  const names = layers.map(({ layer }) => layer.name);
  const [first, last] = [names[0], names[names.length - 1]];
  const title =
    names.length === 1
      ? { en: `One more layer: ${first}`, ko: `층 하나 더: ${first}` }
      : {
          en: `${names.length} more layers: ${first} to ${last}`,
          ko: `층 ${names.length}개 더: ${first}–${last}`,
        };
  const fold = make('details', '', { class: 'fold more-maps' });
  fold.append(make('summary', title));
  return fold;
}

/** Puts a title and empty canvases of a layer on the page. */
function addLayer(place: HTMLElement, { layer, isInside, output }: ShownLayer, choose: Choose) {
  const [channels, height, width] = layer.outputShape;
  const isMap = height !== undefined && width !== undefined;
  const count = Math.min(channels, isMap ? most.maps : most.units);
  const title = titleOf(layer.name, layer.outputShape, count);
  const inside = isInside ? ' inside' : '';
  const group = make('div', '', { class: `${isMap ? 'maps' : 'units'}${inside}` });
  const canvases = Array.from({ length: isMap ? count : 1 }, (_, map) => {
    const name = isMap
      ? { en: `${layer.name}, map ${map + 1}`, ko: `${layer.name}, 맵 ${map + 1}` }
      : title;
    const canvas = make('canvas', '', { class: 'pixels', role: 'img', 'aria-label': name });
    canvas.width = isMap ? width : Math.min(count, 50);
    canvas.height = isMap ? height : Math.ceil(count / 50);
    if (isMap) {
      onPixel(canvas, (row, column) => choose(layer.name, map, row, column));
    } else canvas.style.maxWidth = `${canvas.width}rem`;
    group.append(canvas);
    return canvas;
  });
  place.append(make('p', title, { class: `chart-title${inside}` }), group);
  return { output, canvases, count, isMap };
}

function titleOf(name: string, [channels, height, width]: readonly number[], count: number): Text {
  const isCut = count < channels;
  return width === undefined
    ? {
        en: `${name}, ${channels} values${isCut ? `, the first ${count}` : ''}`,
        ko: `${name}, 값 ${channels}개${isCut ? ` 중 처음 ${count}개` : ''}`,
      }
    : {
        en: `${name}, ${channels} maps of ${height}×${width}${isCut ? `, the first ${count}` : ''}`,
        ko: `${name}, ${height}×${width} 맵 ${channels}개${isCut ? ` 중 처음 ${count}개` : ''}`,
      };
}

function onPixel(canvas: HTMLCanvasElement, choose: (row: number, column: number) => void): void {
  canvas.addEventListener('click', (event) => {
    const frame = canvas.getBoundingClientRect();
    choose(
      Math.floor(((event.clientY - frame.top) * canvas.height) / frame.height),
      Math.floor(((event.clientX - frame.left) * canvas.width) / frame.width),
    );
  });
}

/** Positive blue, negative orange, zero transparent: the scale of the filters. */
function paint(canvas: HTMLCanvasElement, values: Float32Array, limit: number): void {
  const image = new ImageData(canvas.width, canvas.height);
  values.forEach((value, place) => {
    const color = value < 0 ? [223, 111, 18] : [43, 123, 196];
    image.data.set(
      [...color, limit === 0 ? 0 : Math.round((255 * Math.abs(value)) / limit)],
      place * 4,
    );
  });
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
