import { compareFilters, likenessLimits, type FilterLikeness } from '../filter-likeness.ts';
import { formatList, formatSigned } from '../format.ts';
import type { Html } from '../html.ts';
import type { FilterSnapshot } from '../run/run.ts';
import { renderTable } from '../table.ts';

/** Most filters named in a sentence. */
const mostNamed = 8;

/** Which filters faded away, and which are near duplicates of another, in a sentence. */
export function deadAndTwins(snapshot: FilterSnapshot): string {
  const filters = compareFilters(snapshot);
  const dead = filters.filter(({ isDead }) => isDead).map(({ filter }) => String(filter));
  const twins = filters.flatMap(({ filter, twin }) =>
    twin !== null && twin.filter > filter && twin.correlation >= likenessLimits.duplicate
      ? [`${filter} and ${twin.filter}`]
      : [],
  );
  const faded =
    dead.length === 0
      ? 'None has faded away'
      : `Hardly anything is left of ${dead.length === 1 ? 'filter' : 'filters'} ${named(dead)}`;
  const alike =
    twins.length === 0
      ? 'no two are nearly the same'
      : `nearly the same (correlation of at least ${likenessLimits.duplicate}) are ${named(twins)}`;
  return `${faded}, and ${alike}.`;
}

/** Which filters look like a classic one, in a sentence. */
export function resemblances(snapshot: FilterSnapshot): string {
  const filters = compareFilters(snapshot);
  const close = filters
    .filter(({ classic }) => Math.abs(classic?.correlation ?? 0) >= likenessLimits.classic)
    .sort((a, b) => Math.abs(b.classic?.correlation ?? 0) - Math.abs(a.classic?.correlation ?? 0));
  const measure =
    'The classic filters of image processing, such as Sobel’s, were thought out by hand. Compared with each, by the correlation of the weights,';
  if (close.length === 0) {
    return `${measure} no learned filter comes to ${likenessLimits.classic}.`;
  }
  const items = close.map(
    ({ filter, classic }) =>
      `${filter} (${classic?.name}, ${formatSigned(classic?.correlation ?? 0)})`,
  );
  return `${measure} ${close.length} of ${filters.length} filters reach ${likenessLimits.classic}: ${named(items)}. A minus means the same with bright and dark exchanged.`;
}

function named(items: readonly string[]): string {
  if (items.length <= mostNamed) return formatList(items);
  return formatList([...items.slice(0, mostNamed), `${items.length - mostNamed} more`]);
}

/** For each filter the classic one and the other filter it is most like. */
export function likenessTable(snapshot: FilterSnapshot): Html {
  return renderTable<FilterLikeness>({
    caption: 'The nearest classic filter and the nearest other filter of each',
    columns: [
      { head: 'Filter', heading: true, value: ({ filter }) => filter },
      {
        head: 'Resembles',
        value: ({ classic, isDead }) => (isDead ? 'faded' : (classic?.name ?? '–')),
      },
      {
        head: 'Correlation',
        numeric: true,
        value: ({ classic }) => (classic === null ? '–' : formatSigned(classic.correlation)),
      },
      { head: 'Most like filter', numeric: true, value: ({ twin }) => twin?.filter ?? '–' },
      {
        head: 'Correlation',
        numeric: true,
        value: ({ twin }) => (twin === null ? '–' : formatSigned(twin.correlation)),
      },
    ],
    rows: compareFilters(snapshot),
  });
}
