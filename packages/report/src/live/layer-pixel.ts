import type { Text } from '@convbook/page/text';
import { indexOf, type Place } from './explain-place.ts';
import type { ShownLayer } from './shown-layers.ts';

/** A number of a layer. */
export interface LayerPixel {
  readonly one: ShownLayer;
  readonly place: Place;
}

/** A pixel by the name of its layer. */
export interface NamedPixel extends Place {
  readonly layer: string;
}

/** Its place in the values of its layer. */
export function indexIn({ one, place }: LayerPixel): number {
  return indexOf(one.layer.outputShape, place);
}

/** Whether two are the same number. */
export function isSamePixel(a: LayerPixel, b: LayerPixel): boolean {
  return a.one.layer.name === b.one.layer.name && indexIn(a) === indexIn(b);
}

/** `conv1 map 18 (7, 9)`, or `dense1 unit 12`; places are counted from 1. */
export function pixelName({ one: { layer }, place }: LayerPixel): Text {
  const { map, row, column } = place;
  if (layer.outputShape.length !== 3) {
    return { en: `${layer.name} unit ${map + 1}`, ko: `${layer.name} 유닛 ${map + 1}` };
  }
  const at = `(${row + 1}, ${column + 1})`;
  return { en: `${layer.name} map ${map + 1} ${at}`, ko: `${layer.name} 맵 ${map + 1} ${at}` };
}
