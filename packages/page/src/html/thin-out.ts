// A page shows some rows of a long list, and a sentence that says which.
import { formatCount } from '../text/format.ts';
import type { Text } from '../text/text.ts';

/** At most `most` items in their order: the first, the last, those in `kept`, and others evenly between. */
export function thinOut<Item>(
  items: readonly Item[],
  most: number,
  kept: readonly Item[] = [],
): Item[] {
  if (items.length <= most) return [...items];
  const shown = new Set([items[0], items[items.length - 1], ...kept]);
  const others = items.filter((item) => !shown.has(item));
  for (const item of evenly(others, most - shown.size)) shown.add(item);
  return items.filter((item) => shown.has(item));
}

/** A table's caption, which says how many rows are left out where some are. */
export function captionOf(caption: Text, shown: number, all: number): Text {
  if (shown === all) return caption;
  const [some, whole, rest] = [shown, all, all - shown].map(formatCount);
  return {
    en: `${caption.en}: ${some} of ${whole} rows, ${rest} are left out`,
    ko: `${caption.ko}: 전체 ${whole}행 중 ${some}행(${rest}행 생략)`,
  };
}

/** At most `count` items, from the first to the last at even distances. */
export function evenly<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, k) => items[Math.round((k * (items.length - 1)) / Math.max(1, count - 1))],
  );
}
