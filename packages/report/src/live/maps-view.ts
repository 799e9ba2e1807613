/// <reference lib="dom" />
import { describe, find, make, say } from '@convbook/page/browser';
import { largestSize } from '@convbook/core';
import type { Text } from '@convbook/page/text';
import type { LayerValues, Predictor } from '@convbook/runtime/network';
import { indexOf } from './explain-place.ts';
import { markedCanvas, onPixel } from './marked-canvas.ts';
import { digits } from './numbers.ts';
import { paintValues } from './paint-values.ts';
import type { NamedPixel } from './pixel-view.ts';
import { layerGroups, type ShownLayer } from './shown-layers.ts';

/** Most maps shown of a layer, and most units of a layer without maps. */
const most = { maps: 64, units: 512 };

/** Receives the pixel of a map that is clicked; whether the pixel cell takes it apart. */
type Choose = (pixel: NamedPixel) => boolean;

/** Every layer's maps, drawn again for each answer; a pixel that is clicked is named below them. */
export function createMaps(model: Predictor, choose: Choose) {
  const place = find<HTMLElement>('[data-maps]');
  const readout = make('p', '', { class: 'pixel-readout', role: 'status' });
  let current: LayerValues | null = null;
  let clicked: { pixel: NamedPixel; one: ShownLayer; isExplained: boolean } | null = null;

  const tell = () => {
    if (current === null || clicked === null) return;
    const { pixel, one, isExplained } = clicked;
    sayPixel(readout, pixel, one.output(current), one.layer.outputShape);
    if (isExplained) readout.append(' ', make('a', howComputed, { href: '#pixel' }));
  };
  const mark = (pixel: NamedPixel) => {
    for (const { name, marks } of shown) {
      marks.forEach((marked, map) => {
        const isOwn = name === pixel.layer && map === pixel.map;
        marked.mark(isOwn ? { row: pixel.row, column: pixel.column, height: 1, width: 1 } : null);
      });
    }
  };
  const onClick = (one: ShownLayer, group: HTMLElement, pixel: NamedPixel) => {
    clicked = { pixel, one, isExplained: choose(pixel) };
    mark(pixel);
    group.after(readout);
    tell();
  };
  const shown = layerGroups(model.layers).flatMap(({ isFolded, layers }) => {
    const holder = isFolded ? foldOf(layers) : place;
    if (isFolded) place.append(holder);
    return layers.map((layer) => addLayer(holder, layer, onClick));
  });
  return {
    /** Marks the pixel that is taken apart, where its map is shown. */
    mark,
    show(answer: LayerValues) {
      for (const { output, canvases, count, isMap } of shown) {
        const values = output(answer);
        const limit = largestSize(values);
        const area = canvases[0].width * canvases[0].height;
        canvases.forEach((canvas, map) => {
          const own = isMap
            ? values.subarray(map * area, (map + 1) * area)
            : values.subarray(0, count);
          paintValues(canvas, own, limit);
        });
      }
      current = answer;
      tell();
    },
  };
}

const howComputed: Text = { en: 'How was it computed?', ko: '어떻게 계산되었는가?' };

function sayPixel(
  readout: HTMLElement,
  pixel: NamedPixel,
  values: Float32Array,
  shape: readonly number[],
): void {
  const value = digits(values[indexOf(shape, pixel)]);
  const [map, row, column] = [pixel.map + 1, pixel.row + 1, pixel.column + 1];
  say(readout, {
    en: `${pixel.layer}, map ${map}, row ${row}, column ${column}: ${value}.`,
    ko: `${pixel.layer} 맵 ${map} ${row}행 ${column}열: ${value}.`,
  });
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
function addLayer(
  place: HTMLElement,
  one: ShownLayer,
  onClick: (one: ShownLayer, group: HTMLElement, pixel: NamedPixel) => void,
) {
  const { layer, isInside, output } = one;
  const [channels, height, width] = layer.outputShape;
  const isMap = height !== undefined && width !== undefined;
  const count = Math.min(channels, isMap ? most.maps : most.units);
  const title = titleOf(layer.name, layer.outputShape, count);
  const inside = isInside ? ' inside' : '';
  const group = make('div', '', { class: `${isMap ? 'maps' : 'units'}${inside}` });
  const marks = Array.from({ length: isMap ? count : 1 }, (_, map) => {
    const name = isMap
      ? { en: `${layer.name}, map ${map + 1}`, ko: `${layer.name}, 맵 ${map + 1}` }
      : title;
    const marked = markedCanvas(
      isMap ? height : Math.ceil(count / 50),
      isMap ? width : Math.min(count, 50),
    );
    const { canvas, frame } = marked;
    describe(canvas, 'aria-label', name);
    if (isMap) {
      onPixel(canvas, (row, column) =>
        onClick(one, group, { layer: layer.name, map, row, column }),
      );
    } else canvas.style.maxWidth = `${canvas.width}rem`;
    group.append(frame);
    return marked;
  });
  const canvases = marks.map(({ canvas }) => canvas);
  const part = make('div', '', { class: 'maps-part' });
  part.append(make('p', title, { class: `chart-title${inside}` }), group);
  place.append(part);
  return { name: layer.name, output, canvases, marks, count, isMap };
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
