// The way down: from a number that a layer reads to the pixel of the layer that made it.
import { branchesOf } from '@convbook/layers';
import { changesEach } from './explain-each.ts';
import { placeAt } from './explain-place.ts';
import { sourceOf } from './input-names.ts';
import { indexIn, type LayerPixel } from './layer-pixel.ts';
import type { ShownLayer } from './shown-layers.ts';

/**
 * The pixel that a layer reads at an index of its input, past the layers that change each number by itself; null
 * where it reads the image.
 */
export function pixelBelow(
  all: readonly ShownLayer[],
  one: ShownLayer,
  index: number,
): LayerPixel | null {
  const { name, shape } = sourceOf(one);
  const below = all.find(({ layer }) => layer.name === name);
  return below ? makerOf(all, { one: below, place: placeAt(shape, index) }) : null;
}

/** The pixel itself, or, where its layer changes each number by itself, the one that it was made from. */
function makerOf(all: readonly ShownLayer[], pixel: LayerPixel): LayerPixel {
  if (!changesEach(pixel.one.layer)) return pixel;
  return pixelBelow(all, pixel.one, indexIn(pixel)) ?? pixel;
}

/** The two numbers that a pixel of a residual block adds; null where that is the image. */
export function pixelsAdded(
  all: readonly ShownLayer[],
  { one, place }: LayerPixel,
): { readonly layers: LayerPixel | null; readonly shortcut: LayerPixel | null } {
  const { body, shortcut } = branchesOf(one.layer) ?? { body: [], shortcut: null };
  const inside = (name: string | undefined) => {
    const found = all.find(({ layer }) => layer.name === name);
    return found ? makerOf(all, { one: found, place }) : null;
  };
  return {
    layers: inside(body.at(-1)?.name),
    shortcut: shortcut ? inside(shortcut.name) : pixelBelow(all, one, indexIn({ one, place })),
  };
}
