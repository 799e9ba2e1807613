// What a page shows of long lists: some of the rows, and a sentence that says which.
import { evenly } from './explain/chosen-samples.ts';
import { formatCount } from './format.ts';
import type { Text } from './text.ts';

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
