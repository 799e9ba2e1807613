// A layer's settings in words, as its tables in pages and in the terminal have them.
import type { LayerSummary } from '@convbook/layers';
import { formatCount, formatShape, type Text } from '@convbook/page';

/** `30 of 5×5`, `100 units` or, for a window without filters, `2×2`; null where a layer has none. */
export function filterText({ filters, kernelSize }: LayerSummary): Text | string | null {
  const size = kernelSize === null ? null : formatShape(kernelSize);
  if (filters === null) return size;
  const count = formatCount(filters);
  return size === null
    ? { en: `${count} units`, ko: `뉴런 ${count}개` }
    : { en: `${count} of ${size}`, ko: `${size} ${count}개` };
}

/** A stride or padding, `2` for the same along rows and columns; null where a layer has none. */
export function pairText(pair: readonly [number, number] | null): string | null {
  if (pair === null) return null;
  return pair[0] === pair[1] ? String(pair[0]) : formatShape(pair);
}
