// Images through every layer of a network, as pictures.
import {
  formatCount,
  formatNumber,
  formatPlural,
  formatProbability,
  formatShape,
  html,
  type Html,
  type Text,
} from '@convbook/page';
import {
  divergingPicture,
  largestSize,
  pictureImage,
  samplePicture,
  scaleLegend,
  tilePictures,
  type Picture,
} from '@convbook/page/images';
import type { Samples } from '@convbook/run';
import {
  forward,
  layerRows,
  partOf,
  toInput,
  type LayerRow,
  type Network,
} from '@convbook/runtime/network';
import { receptiveField } from '@convbook/runtime/explain';
import { predictions, softmax } from '../analysis/evaluation.ts';
import { largest } from '../analysis/largest.ts';
import { says } from './sample-card.ts';

/** Maps shown of a layer, pixels of them; positions of a map that is shown at all. */
const most = { maps: 12, pixels: 20_000, positions: 20_000, units: 512 };
/** Maps in a line; more of tall ones. */
const columnsOf = (height: number, width: number) => (height > width ? 6 : 4);
const unitColumns = 25;

const scaleDescription: Text = {
  en: 'Colour scale of a layer: orange at minus its largest absolute value, no colour at 0, blue at plus its largest absolute value',
  ko: '층의 색 눈금: −최대 절댓값 주황, 0 무색, +최대 절댓값 파랑',
};

/** The output of one layer for the images. */
interface LayerValues {
  row: LayerRow;
  /** Values of each image. */
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
      ${pictureImage(picture, { en: `Test image ${index}`, ko: `시험 이미지 ${index}` })}
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
    return html`<p>${says(names[best])} ${formatProbability(softmax(logits)[best])}</p>`;
  });
  return html`<figure class="wide layer-maps" style="--columns:${indexes.length}">
    <p class="chart-title">
      <span>${{ en: 'Input', ko: '입력' }}, ${formatShape(shape)}</span>
    </p>
    <div class="columns">${inputs}</div>
    ${layers.map((layer) => layerPart(layer, network, indexes))}
    <div class="columns">${answers}</div>
    ${scaleLegend(
      scaleDescription,
      { en: 'largest of the layer', ko: '층의 최댓값' },
      { en: 'largest', ko: '최댓값' },
    )}
    <figcaption>
      ${{
        en: 'Each column is one image. In each layer all images share one scale, whose end is beside the layer’s name. Of a layer with many maps, those that respond most to these images are shown, in their original order.',
        ko: '한 열이 이미지 한 장입니다. 한 층의 이미지들은 모두 같은 눈금을 쓰며, 눈금의 끝은 층 이름 옆에 있습니다. 맵이 많은 층은 이 이미지들에 가장 크게 반응하는 맵을 원래 순서대로 보여 줍니다.',
      }}
    </figcaption>
  </figure>`;
}

function valuesOf(
  network: Network,
  { images }: Samples,
  indexes: readonly number[],
): LayerValues[] {
  const chosen = indexes.map((index) => images.get(index) as Uint8Array);
  let values = toInput(chosen, network);
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
    const found = finding(own, channels);
    const alt = {
      en: `${row.name} of test image ${indexes[n]}: ${found.en}`,
      ko: `시험 이미지 ${indexes[n]}의 ${row.name}: ${found.ko}`,
    };
    return pictureImage(picture, alt, isMap ? 'map-sheet' : 'unit-sheet');
  });
  const scale = `±${formatNumber(limit, 2)}`;
  const size = isMap && field ? formatShape(field.size) : null;
  return html`<p class="chart-title">
      <span>${row.name}: ${amountOf(row.layer.outputShape, part)}</span>
      <span class="spec"
        >${{
          en: `${size === null ? '' : `receptive field ${size} · `}colour to ${scale}`,
          ko: `${size === null ? '' : `수용 영역 ${size} · `}색 ${scale}까지`,
        }}</span
      >
    </p>
    <div class="columns">${pictures}</div>`;
}

/** How many maps or values a layer has, and how many of them are shown where not all are. */
function amountOf([channels, height, width]: readonly number[], shown: number): Text {
  const whole =
    width === undefined
      ? { en: formatPlural(channels, 'value'), ko: `값 ${formatCount(channels)}개` }
      : {
          en: `${formatPlural(channels, 'map')} of ${formatShape([height, width])}`,
          ko: `${formatShape([height, width])} 맵 ${formatCount(channels)}개`,
        };
  if (shown === channels) return whole;
  return {
    en: `${whole.en}, ${formatCount(shown)} of them shown`,
    ko: `${whole.ko} 중 ${formatCount(shown)}개`,
  };
}

/** The maps with the largest sums of squares over the images, in their order. */
function strongestMaps(values: readonly Float32Array[], shape: readonly number[]): number[] {
  const [channels, height, width] = shape;
  const [area, columns] = [height * width, columnsOf(height, width)];
  const lines = Math.max(1, Math.floor(most.pixels / area / columns));
  const count = Math.min(most.maps, lines * columns);
  return largest(channels, count, (k) => {
    let sum = 0;
    for (const own of values) {
      for (let place = k * area; place < (k + 1) * area; place++) sum += own[place] * own[place];
    }
    return sum;
  });
}

function unitsPicture(values: Float32Array, limit: number): Picture {
  const width = Math.min(unitColumns, values.length);
  const height = Math.ceil(values.length / width);
  const padded = new Float32Array(width * height);
  padded.set(values);
  return divergingPicture(padded, height, width, limit);
}

/** Which map or value is strongest, and how many values are not 0. */
function finding(values: Float32Array, channels: number): Text {
  const best = values.reduce(
    (at, value, k) => (Math.abs(value) > Math.abs(values[at]) ? k : at),
    0,
  );
  const active = values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  if (active === 0) return { en: 'every value is 0', ko: '모든 값이 0' };
  const which = Math.floor((best * channels) / values.length) + 1;
  const [some, all] = [active, values.length].map(formatCount);
  return {
    en: `strongest in number ${which}; ${some} of ${all} values are not 0`,
    ko: `${which}번에서 가장 큼, 값 ${all}개 중 ${some}개가 0이 아님`,
  };
}
