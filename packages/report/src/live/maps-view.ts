/// <reference lib="dom" />
import type { LayerValues, Predictor } from '@convbook/runtime';
import { find, make } from './find.ts';
import { shownLayers } from './shown-layers.ts';

/** Most maps shown of a layer, and most units of a layer without maps. */
const most = { maps: 64, units: 512 };

/** Every layer's maps, drawn again for each answer; clicking one chooses its pixel. */
export function createMaps(
  model: Predictor,
  choose: (layer: string, map: number, row: number, column: number) => void,
) {
  const place = find<HTMLElement>('[data-maps]');
  const shown = shownLayers(model.layers).flatMap(({ layer, isInside, output }) => {
    if (layer.spec.kind === 'flatten') return [];
    const [channels, height, width] = layer.outputShape;
    const isMap = height !== undefined && width !== undefined;
    const [count, total] = [Math.min(channels, isMap ? most.maps : most.units), channels];
    const title = isMap
      ? {
          en: `${layer.name}, ${total} maps of ${height}×${width}${count < total ? `, the first ${count}` : ''}`,
          ko: `${layer.name}, ${height}×${width} 맵 ${total}개${count < total ? ` 중 처음 ${count}개` : ''}`,
        }
      : {
          en: `${layer.name}, ${total} values${count < total ? `, the first ${count}` : ''}`,
          ko: `${layer.name}, 값 ${total}개${count < total ? ` 중 처음 ${count}개` : ''}`,
        };
    const inside = isInside ? ' inside' : '';
    const group = make('div', '', { class: `${isMap ? 'maps' : 'units'}${inside}` });
    const canvases = Array.from({ length: isMap ? count : 1 }, (_, map) => {
      const name = isMap
        ? { en: `${layer.name}, map ${map + 1}`, ko: `${layer.name}, 맵 ${map + 1}` }
        : title;
      const canvas = make('canvas', '', { class: 'pixels', role: 'img', 'aria-label': name });
      canvas.width = isMap ? width : Math.min(count, 50);
      canvas.height = isMap ? height : Math.ceil(count / 50);

      if (!isMap) canvas.style.maxWidth = `${canvas.width}rem`;
      if (isMap) {
        canvas.addEventListener('click', (event) => {
          const frame = canvas.getBoundingClientRect();
          const row = Math.floor(((event.clientY - frame.top) * height) / frame.height);
          const column = Math.floor(((event.clientX - frame.left) * width) / frame.width);
          choose(layer.name, map, row, column);
        });
      }
      group.append(canvas);
      return canvas;
    });
    place.append(make('p', title, { class: `chart-title${inside}` }), group);
    return [{ output, canvases, count, isMap }];
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
