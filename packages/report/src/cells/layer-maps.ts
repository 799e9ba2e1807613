// Images through every layer of a network, as pictures.
import { predictions, softmax } from '../evaluation.ts';
import {
  forward,
  layerRows,
  partOf,
  toInput,
  type LayerRow,
  type Network,
} from '../explain/network.ts';
import { receptiveField } from '../explain/receptive-field.ts';
import {
  formatCount,
  formatNumber,
  formatPlural,
  formatProbability,
  formatShape,
} from '../format.ts';
import { html, type Html } from '../html.ts';
import { divergingPicture, largestSize, tilePictures } from '../images/diverging.ts';
import { pictureImage } from '../images/picture-image.ts';
import { samplePicture, type Picture } from '../images/png.ts';
import type { Samples } from '../run/run.ts';
import { scaleLegend } from './scale-legend.ts';

/** Maps shown of a layer, pixels of them; positions of a map that is shown at all. */
const most = { maps: 12, pixels: 20_000, positions: 20_000, units: 512 };
/** Maps in a line; more of tall ones. */
const columnsOf = (height: number, width: number) => (height > width ? 6 : 4);
const unitColumns = 25;

const scaleDescription =
  'Colour scale of a layer from minus its largest size, orange, over 0, no colour, to plus its largest, blue';

/** What one layer makes of the images. */
interface LayerValues {
  row: LayerRow;
  /** Of each image. */
  values: Float32Array[];
}

export function layerMaps(
  network: Network,
  samples: Samples,
  indexes: readonly number[],
  names: readonly string[],
): Html {
  const layers = valuesOf(network, samples, indexes);
  const { shape, images } = samples;
  const inputs = indexes.map((index) => {
    const picture = samplePicture(images.get(index) as Uint8Array, shape);
    return html`<div class="sample">
      ${pictureImage(picture, `Test image ${index}`)}
      <p>#${index}</p>
    </div>`;
  });
  const answers = layers[layers.length - 1].values.map((logits) => {
    const [best] = predictions({
      samples: 1,
      classes: logits.length,
      logits,
      labels: new Uint8Array(),
    });
    return html`<p>says <b>${names[best]}</b> ${formatProbability(softmax(logits)[best])}</p>`;
  });
  return html`<figure class="wide layer-maps" style="--columns:${indexes.length}">
    <p class="chart-title">Input, ${formatShape(shape)}</p>
    <div class="columns">${inputs}</div>
    ${layers.map((layer) => layerPart(layer, network, indexes))}
    <div class="columns">${answers}</div>
    ${scaleLegend(scaleDescription, 'largest of the layer', 'largest')}
    <figcaption>
      One column an image. In each layer all images share one scale, whose end stands beside its
      name. Of a layer with many maps those are shown that answer to these images most, in their
      order.
    </figcaption>
  </figure>`;
}

function valuesOf(
  network: Network,
  { images }: Samples,
  indexes: readonly number[],
): LayerValues[] {
  let values = toInput(indexes.map((index) => images.get(index) as Uint8Array));
  return layerRows(network.model).map((row) => {
    values = forward(partOf(network, row.from, row.to), values);
    const size = values.length / indexes.length;
    return {
      row,
      values: indexes.map((_, n) => values.slice(n * size, (n + 1) * size)),
    };
  });
}

function layerPart(
  { row, values }: LayerValues,
  network: Network,
  indexes: readonly number[],
): Html | null {
  const [channels, height, width] = row.layer.outputShape;
  const isMap = width !== undefined;
  const area = isMap ? height * width : 1;
  if (area > most.positions) return null;
  const shown = isMap ? strongestMaps(values, row.layer.outputShape) : [];
  const units = Math.min(channels, most.units);
  const limit = largestSize(
    values.flatMap((own) =>
      isMap
        ? shown.map((k) => largestSize(own.subarray(k * area, (k + 1) * area)))
        : largestSize(own),
    ),
  );
  const field = receptiveField(network.model.layers.slice(0, row.to));
  const amount = isMap
    ? `${formatPlural(channels, 'map')} of ${formatShape([height, width])}`
    : formatPlural(channels, 'value');
  const part = isMap ? shown.length : units;
  const pictures = values.map((own, n) => {
    const picture = isMap
      ? tilePictures(
          shown.map((k) =>
            divergingPicture(own.subarray(k * area, (k + 1) * area), height, width, limit),
          ),
          Math.min(columnsOf(height, width), shown.length),
        )
      : unitsPicture(own.subarray(0, units), limit);
    const alt = `${row.name} of test image ${indexes[n]}: ${finding(own, channels)}`;
    return pictureImage(picture, alt, isMap ? 'map-sheet' : 'unit-sheet');
  });
  return html`<p class="chart-title">
      ${row.name}: ${amount}${part < channels && `, ${formatCount(part)} of them shown`}
      <span class="spec"
        >${isMap && field && `each place sees ${formatShape(field.size)} · `}colour to
        ±${formatNumber(limit, 2)}</span
      >
    </p>
    <div class="columns">${pictures}</div>`;
}

/** The maps with the largest sums of squares over the images, in their order. */
function strongestMaps(values: readonly Float32Array[], shape: readonly number[]): number[] {
  const [channels, height, width] = shape;
  const [area, columns] = [height * width, columnsOf(height, width)];
  const lines = Math.max(1, Math.floor(most.pixels / area / columns));
  const count = Math.min(most.maps, lines * columns);
  const sums = Array.from({ length: channels }, (_, k) => {
    let sum = 0;
    for (const own of values) {
      for (let place = k * area; place < (k + 1) * area; place++) sum += own[place] * own[place];
    }
    return { k, sum };
  });
  return sums
    .sort((a, b) => b.sum - a.sum || a.k - b.k)
    .slice(0, count)
    .map(({ k }) => k)
    .sort((a, b) => a - b);
}

function unitsPicture(values: Float32Array, limit: number): Picture {
  const width = Math.min(unitColumns, values.length);
  const height = Math.ceil(values.length / width);
  const padded = new Float32Array(width * height);
  padded.set(values);
  return divergingPicture(padded, height, width, limit);
}

/** Which map or value is strongest, and how many values are not 0. */
function finding(values: Float32Array, channels: number): string {
  const best = values.reduce(
    (at, value, k) => (Math.abs(value) > Math.abs(values[at]) ? k : at),
    0,
  );
  const active = values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  if (active === 0) return 'every value is 0';
  const which = Math.floor((best * channels) / values.length) + 1;
  return `strongest in number ${which}, ${formatCount(active)} of ${formatCount(values.length)} values not 0`;
}
