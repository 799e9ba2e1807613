// Images through every layer of a network, as pictures. The page computes them again for other images.
import {
  formatCount,
  formatPlural,
  formatProbability,
  formatShape,
  formatSigned,
  html,
  type Html,
  type Text,
} from '@convbook/page';
import { pictureImage, samplePicture, scaleLegend } from '@convbook/page/images';
import type { Samples } from '@convbook/run';
import { forward, layerRows, partOf, toInput, type Network } from '@convbook/runtime/network';
import { receptiveField } from '@convbook/runtime/explain';
import { classValues } from '../analysis/class-values.ts';
import { predictions, softmax } from '../analysis/evaluation.ts';
import {
  layerPictures,
  limitOf,
  linesOf,
  shownUnits,
  type ShownMaps,
} from '../images/layer-pictures.ts';
import { layerText, scaleText } from '../images/layer-text.ts';
import { testImageName } from '../images/test-image-name.ts';
import { imageLink } from './image-link.ts';
import { says } from './sample-card.ts';
import { shownMaps, type RowValues } from './shown-maps.ts';

const scaleDescription: Text = {
  en: 'Colour scale of a layer: orange at minus its largest absolute value, no colour at 0, blue at plus its largest absolute value',
  ko: '층의 색 눈금: −최대 절댓값 주황, 0 무색, +최대 절댓값 파랑',
};

export function layerMaps(
  network: Network,
  samples: Samples,
  indexes: readonly number[],
  names: readonly string[],
): Html {
  const rows = valuesOf(network, samples, indexes);
  const shown = shownMaps(rows);
  const { shape, images } = samples;
  const inputs = indexes.map((index) => {
    const picture = samplePicture(images.get(index) as Uint8Array, shape);
    return html`<div class="sample" data-image-index="${index}">
      ${imageLink(index, pictureImage(picture, testImageName(index)))}
      <p data-index>#${index}</p>
      <p class="try-controls" data-choice hidden>
        <label
          ><span class="hidden">${{ en: 'Test image', ko: '시험 이미지' }}</span>
          <select></select
        ></label>
      </p>
    </div>`;
  });
  const answers = rows[rows.length - 1].values.map((logits) => {
    const [best] = predictions({
      samples: 1,
      classes: logits.length,
      logits,
      labels: new Uint8Array(),
    });
    const answer = html`${says(names[best])} ${formatProbability(softmax(logits)[best])}`;
    return html`<p data-answer-of>${answer}</p>`;
  });
  return html`<figure class="wide layer-maps" style="--columns:${indexes.length}">
    <p class="chart-title">
      <span>${{ en: 'Input', ko: '입력' }}, ${formatShape(shape)}</span>
    </p>
    <div class="columns" data-image-list>${inputs}</div>
    ${rows.map((row, k) => layerPart(row, shown[k], { network, indexes, names }))}
    <div class="columns">${answers}</div>
    ${scaleLegend(
      scaleDescription,
      { en: 'largest of the layer', ko: '층의 최댓값' },
      { en: 'largest', ko: '최댓값' },
    )}
    <figcaption>
      ${{
        en: 'Each column is one image, in a narrow window each row. All images of a layer share one scale, whose end is beside the layer’s name. Each map has its number; of many maps, those that respond most are shown, in the same place up to the next convolution.',
        ko: '한 열(좁은 창에서는 한 행)이 이미지 한 장입니다. 한 층의 이미지들은 모두 같은 눈금을 쓰며, 눈금의 끝은 층 이름 옆에 있습니다. 맵 아래의 수는 맵의 번호입니다. 맵이 많으면 가장 크게 반응하는 맵만 보여 주며, 다음 합성곱층 앞까지 같은 자리에 있습니다.',
      }}
    </figcaption>
  </figure>`;
}

function valuesOf(network: Network, { images }: Samples, indexes: readonly number[]): RowValues[] {
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

interface Context {
  readonly network: Network;
  readonly indexes: readonly number[];
  readonly names: readonly string[];
}

function layerPart(
  { row, values }: RowValues,
  shown: ShownMaps | null,
  { network, indexes, names }: Context,
): Html | null {
  if (shown === null) return null;
  const { outputShape: shape } = row.layer;
  const [channels, , width] = shape;
  const isMap = width !== undefined;
  const isOutput = row.to === network.model.layers.length && names.length === channels;
  const limit = limitOf(values, shape, shown);
  const part = isMap ? shown.maps.length : Math.min(channels, shownUnits.most);
  const field = receptiveField(network.model.layers.slice(0, row.to));
  const size = isMap && field ? formatShape(field.size) : null;
  const sees = { en: `receptive field ${String(size)} · `, ko: `수용 영역 ${String(size)} · ` };
  const kind = isOutput ? 'classes' : 'pictures';
  return html`<p class="chart-title">
      <span>${row.name}: ${amountOf(shape, part)}</span>
      <span class="spec"
        >${size !== null && sees}<span data-scale="${row.to}">${scaleText(limit)}</span></span
      >
    </p>
    <div
      class="columns"
      data-layer-row="${row.to}"
      data-kind="${kind}"
      data-name="${row.name}"
      data-shown="${shown.maps.join(' ')}"
      data-per-line="${shown.columns}"
    >
      ${values.map((own, n) =>
        isOutput
          ? classTable(own, names, limit)
          : sheet(own, shape, shown, limit, layerText(row.name, indexes[n], own, channels)),
      )}
    </div>`;
}

/** The pictures of one image, each line of maps with their numbers. */
function sheet(
  values: Float32Array,
  shape: readonly number[],
  shown: ShownMaps,
  limit: number,
  name: Text,
): Html {
  const numbers = linesOf(shown.maps, shown.columns);
  const lines = layerPictures(values, shape, shown, limit).map(
    (picture, k) =>
      html`${pictureImage(picture, '')}${
        k < numbers.length &&
        html`<span class="map-numbers">${numbers[k].map((map) => html`<i>${map + 1}</i>`)}</span>`
      }`,
  );
  return html`<div
    class="${shape.length === 3 ? 'map-sheet' : 'unit-sheet'}"
    role="img"
    aria-label="${name}"
    style="--per-line:${shown.columns}"
  >
    ${lines}
  </div>`;
}

/** The values of the output by class. */
function classTable(output: Float32Array, names: readonly string[], limit: number): Html {
  return html`<table class="class-values">
    <tbody>
      ${classValues(output, names).map(
        ({ name, value, isBest }) =>
          html`<tr class="${isBest ? 'best' : 'other'}">
            <th scope="row">${name}</th>
            <td
              class="${value < 0 ? 'negative' : 'positive'}"
              style="--share:${(limit === 0 ? 0 : Math.abs(value) / limit).toFixed(3)}"
            >
              ${formatSigned(value)}
            </td>
          </tr> `,
      )}
    </tbody>
  </table>`;
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
