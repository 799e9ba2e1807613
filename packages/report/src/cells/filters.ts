import { formatCount, formatNumber, formatPlural, formatShape } from '../format.ts';
import { html, type Html } from '../html.ts';
import { filterPicture, largestWeight } from '../images/filters.ts';
import { pictureImage } from '../images/picture-image.ts';
import type { FilterSnapshot, Run } from '../run/run.ts';
import { detailFold, quote, sourceFold } from '../source-code.ts';
import type { Cell } from './cell.ts';
import { filterTable } from './filter-table.ts';
import { filterSlider } from './filter-slider.ts';
import { deadAndTwins, likenessTable, resemblances } from './filter-likeness.ts';
import { scaleLegend } from './scale-legend.ts';

/** Most filters shown. */
const mostShown = 128;

/** The first convolution's filters, before and after training. */
export const filtersCell: Cell = {
  id: 'filters',
  title: 'First-layer filters',
  render(run) {
    const after = run.snapshots.at(-1);
    if (after === undefined) return null;
    const start = run.snapshots[0];
    const before = start !== after && start.step === 0 ? start : null;
    const limit = Math.max(largestWeight(after), before === null ? 0 : largestWeight(before));
    const [filters, channels, height, width] = after.shape;
    return html`<p>
        Each of the ${formatPlural(filters, 'filter')} of the first convolution has
        ${formatPlural(channels * height * width, 'weight')}
        (${channels === 1 ? formatShape([height, width]) : formatShape([channels, height, width])}):
        where a filter’s positive and negative weights meet bright and dark of the image, its
        feature map is strong. Look for structure where there was noise: edges, strokes and blobs,
        each filter another. Filters that stay noise, or many that look the same, would be bad.
        ${finding(before, after)} ${after.step > 0 && deadAndTwins(after)}
      </p>
      <figure class="wide filters">
        <div class="panels">
          ${before && panel(before, limit, 'Before training')}
          ${panel(after, limit, after.step === 0 ? 'Before training' : `After step ${formatCount(after.step)}`)}
        </div>
        ${legend(limit)}
        <figcaption>
          ${before && 'Both on one scale. '}${channels > 1 && 'The input channels of a filter stand side by side. '}${
            filters > mostShown && `The first ${mostShown} of ${formatCount(filters)} filters. `
          }
        </figcaption>
      </figure>
      ${before && enlarged(before, limit)} ${filterSlider(run.snapshots, limit)}
      ${after.step > 0 && html`<p>${resemblances(after)}</p>`}
      ${after.step > 0 && detailFold('What each filter resembles', likenessTable(after))}
      ${detailFold('The filters as a table', filterTable(before, after))} ${sourceFold(code(run))}`;
  },
};

function panel(snapshot: FilterSnapshot, limit: number, title: string): Html {
  const [filters, channels, height, width] = snapshot.shape;
  const tiles = Array.from({ length: Math.min(filters, mostShown) }, (_, filter) => {
    return html`<div>
      ${pictureImage(filterPicture(snapshot, filter, limit), '')}<span>${filter + 1}</span>
    </div>`;
  });
  const columns = columnsFor(tiles.length, channels > 1 ? [4, 3] : [6, 8, 5, 7]);
  const alt = `${title}: ${formatPlural(filters, 'filter')} of ${formatShape([height, width])}, weights up to ${formatNumber(largestWeight(snapshot), 2)} in size`;
  return html`<div class="panel">
    <p class="chart-title">${title}</p>
    <div class="tiles" style="--columns:${columns}" role="img" aria-label="${alt}">${tiles}</div>
  </div> `;
}

/** Of some numbers of columns the one that leaves the last row fullest. */
function columnsFor(tiles: number, choices: readonly number[]): number {
  const gaps = (columns: number) => (columns - (tiles % columns)) % columns;
  return choices.reduce((best, columns) => (gaps(columns) < gaps(best) ? columns : best));
}

function legend(limit: number): Html {
  const end = formatNumber(limit, 2);
  return scaleLegend(
    `Colour scale from minus ${end}, orange, over 0, no colour, to ${end}, blue`,
    end,
  );
}

/** The initial weights on their own scale, where the shared one leaves them hardly visible. */
function enlarged(before: FilterSnapshot, limit: number): Html | null {
  const own = largestWeight(before);
  if (own === 0 || own > limit / 3) return null;
  return detailFold(
    `Before training, with the colours ${formatNumber(limit / own, 2)} times as strong`,
    html`<figure class="filters">
      ${panel(before, own, 'Before training, on a scale of its own')}${legend(own)}
    </figure>`,
  );
}

function finding(before: FilterSnapshot | null, after: FilterSnapshot): string {
  const growth =
    before === null
      ? ''
      : `Here the largest weight went from ${formatNumber(largestWeight(before), 2)} to ${formatNumber(largestWeight(after), 2)}. `;
  return after.step === 0 ? '' : growth;
}

function code({ name }: Run): string {
  return `import { filterPicture, largestWeight, readRun, toPngUrl } from '@convbook/report';

const { snapshots } = readRun(${quote(`reports/${name}`)});
const limit = Math.max(...snapshots.map(largestWeight)); // one scale for all
for (const snapshot of snapshots) {
  console.log(snapshot.step, toPngUrl(filterPicture(snapshot, 0, limit)));
}`;
}
