// The parts of test images that excite each filter most.
import { evenly } from '../explain/chosen-samples.ts';
import { affordable } from '../explain/cost.ts';
import { layerRows, type Network } from '../explain/network.ts';
import { topPatches, type LayerPatches, type Patch } from '../explain/top-patches.ts';
import { formatCount, formatNumber, formatPlural, formatShape } from '../format.ts';
import { html, type Html } from '../html.ts';
import { tilePictures } from '../images/diverging.ts';
import { patchPicture } from '../images/patches.ts';
import { pictureImage } from '../images/picture-image.ts';
import type { Run, Samples } from '../run/run.ts';
import { detailFold } from '../source-code.ts';
import { renderTable } from '../table.ts';

/** Layers and filters shown, pixels of a layer's patches, images searched. */
const most = { layers: 4, filters: 32, pixels: 60_000, images: 400 };
const leastImages = 60;
const leastFilters = 4;
const columns = 3;

export function patchesFigure(network: Network, run: Run, samples: Samples): Html | null {
  const rows = evenly(
    layerRows(network.model).filter(({ layer }) => layer.spec.kind === 'conv2d'),
    most.layers,
  );
  const count = affordable(network.model, leastImages, most.images);
  const indexes = evenly([...samples.images.keys()], count);
  if (rows.length === 0 || indexes.length === 0) return null;
  const found = topPatches(network, rows, samples, indexes);
  const labels = run.evaluation?.labels ?? new Uint8Array();
  const names = run.record.data.classNames;
  return html`<h3>What excites each filter</h3>
    <p>
      Of ${formatPlural(indexes.length, 'test image')} the run keeps, the nine parts to which each
      filter answers most, an image giving one at most. Look for nine parts that have something in
      common: the edge, stroke or shape the filter found. Nine that share nothing would be bad, and
      so are filters that answer to no image: ${silent(found)}.
    </p>
    <figure class="wide patches">
      ${found.map((layer) => layerPatches(layer, samples))}
      <figcaption>
        Each part is as large as what one place of the filter’s map sees; where that is more than
        the whole image, the whole image. Beyond the edge of an image there is nothing to show.
      </figcaption>
    </figure>
    ${detailFold('The filters and their images as a table', patchTable(found, labels, names))}`;
}

/** Filters whose strongest activation is not above 0, where an activation follows them. */
function silent(found: readonly LayerPatches[]): string {
  const parts = found.flatMap(({ row, filters }) => {
    const count = filters.filter(([best]) => best.activation <= 0).length;
    return count === 0
      ? []
      : [`${formatCount(count)} of ${formatCount(filters.length)} in ${row.name}`];
  });
  return parts.length === 0 ? 'here there are none' : `here ${parts.join(', ')}`;
}

function layerPatches({ row, field, filters }: LayerPatches, samples: Samples): Html {
  const [height, width] = field.size.map((size, side) => Math.min(size, samples.shape[side + 1]));
  const fitting = Math.floor(most.pixels / (9 * height * width));
  const count = Math.min(most.filters, Math.max(leastFilters, fitting));
  const shown = filters
    .map((patches, k) => ({ patches, k }))
    .sort((a, b) => b.patches[0].activation - a.patches[0].activation || a.k - b.k)
    .slice(0, count)
    .sort((a, b) => a.k - b.k);
  const tiles = shown.map(({ patches, k }) => {
    const pictures = patches.map(({ index, row: top, column }) =>
      patchPicture(samples.images.get(index) as Uint8Array, samples.shape, field, top, column),
    );
    const sheet = tilePictures(pictures, Math.min(columns, pictures.length));
    const alt = `${row.name}, filter ${k + 1}: ${formatPlural(patches.length, 'part')}, activation ${range(patches)}`;
    return html`<div>
      ${pictureImage(sheet, alt)}
      <span>${k + 1}</span>
    </div>`;
  });
  return html`<p class="chart-title">
      ${row.name}:
      ${formatPlural(filters.length, 'filter')}${count < filters.length && `, the ${count} that answer most`}
      <span class="spec">parts of ${formatShape(field.size)}</span>
    </p>
    <div class="tiles">${tiles}</div>`;
}

function range(patches: readonly Patch[]): string {
  const [first, last] = [patches[0], patches[patches.length - 1]];
  return `${formatNumber(first.activation, 2)} to ${formatNumber(last.activation, 2)}`;
}

/** Most filters of a layer in the table. */
const mostRows = 32;

function patchTable(
  found: readonly LayerPatches[],
  labels: ArrayLike<number>,
  names: readonly string[],
): Html {
  interface Line {
    name: string;
    filter: number;
    patches: readonly Patch[];
  }
  return renderTable<Line>({
    caption: 'Activation and label of the parts that excite each filter',
    columns: [
      { head: 'Filter', heading: true, value: ({ name, filter }) => `${name}, ${filter}` },
      { head: 'Strongest to ninth', value: ({ patches }) => range(patches) },
      { head: 'Most often', value: ({ patches }) => commonest(patches, labels, names) },
      {
        head: 'Test images',
        value: ({ patches }) => patches.map(({ index }) => `#${index}`).join(' '),
      },
    ],
    rows: found.flatMap(({ row, filters }) =>
      filters
        .slice(0, mostRows)
        .map((patches, k) => ({ name: row.layer.name, filter: k + 1, patches })),
    ),
  });
}

/** The label most of the images have. */
function commonest(
  patches: readonly Patch[],
  labels: ArrayLike<number>,
  names: readonly string[],
): string {
  const counts = names.map((_, k) => patches.filter(({ index }) => labels[index] === k).length);
  const best = counts.indexOf(Math.max(...counts));
  return `${names[best]} (${counts[best]} of ${patches.length})`;
}
