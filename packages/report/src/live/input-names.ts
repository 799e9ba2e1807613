// Where the numbers that a layer reads come from: flatten() makes one long list of maps, and here is the way back.
import type { ResolvedLayer } from '@convbook/layers';
import type { Text } from '@convbook/page/text';
import { placeAt } from './explain-place.ts';
import type { ShownLayer } from './shown-layers.ts';

/** The input of a layer: whose output it is, null for the image, and its shape before it became a list. */
export interface Source {
  readonly name: string | null;
  readonly shape: readonly number[];
}

/** The input of a layer. */
export function sourceOf({ before, layer }: Pick<ShownLayer, 'before' | 'layer'>): Source {
  const last = before.at(-1);
  const { inputShape: shape } = layer;
  if (last === undefined) return { name: null, shape };
  if (last.spec.kind !== 'flatten') return { name: last.name, shape };
  return { name: before.at(-2)?.name ?? null, shape: last.inputShape };
}

/** The name of a number that a layer reads, by its index in the list. */
export function nameOfInput(one: Pick<ShownLayer, 'before' | 'layer'>, index: number): Text {
  const { name, shape } = sourceOf(one);
  const { map, row, column } = placeAt(shape, index);
  const isMap = shape.length === 3 || isMean(one.before.at(-1));
  const isImage = name === null && shape[0] === 1;
  const place = {
    en: shape.length === 3 ? `, row ${row + 1}, column ${column + 1}` : '',
    ko: shape.length === 3 ? ` ${row + 1}행 ${column + 1}열` : '',
  };
  const [kindEn, kindKo] = isMap ? ['map', '맵'] : ['unit', '유닛'];
  const [owner, ownerKo] = name === null ? ['image', '이미지'] : [name, name];
  return {
    en: `${owner}${isImage ? '' : `, ${name === null ? 'channel' : kindEn} ${map + 1}`}${place.en}`,
    ko: `${ownerKo}${isImage ? '' : ` ${name === null ? '채널' : kindKo} ${map + 1}`}${place.ko}`,
  };
}

/** Whether a layer gives one number for each map. */
function isMean(layer: ResolvedLayer | undefined): boolean {
  return layer?.spec.kind === 'globalAvgPool2d';
}
