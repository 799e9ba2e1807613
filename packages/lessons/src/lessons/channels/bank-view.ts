import { highest, lowest } from '@convbook/core';
import { conv2d, summarize } from '@convbook/layers';
import {
  formatCount,
  formatNumber,
  formatShape,
  html,
  type Html,
  type Text,
} from '@convbook/page/markup';
import type { Compute, Computed } from '../../figure/compute.ts';
import { colorPicture, greyPicture, signedPicture } from '../../figure/picture.ts';
import { activations, type ActivationName } from './activations.ts';
import { channels } from './colors.ts';
import { bankWeights, filterBank } from './filter-bank.ts';
import { scene, sceneChannel, sceneSide } from './scene.ts';

export interface BankState {
  /** How many of the filters. */
  readonly count: number;
  /** Rows and columns of each. */
  readonly size: number;
  readonly bias: number;
  readonly activation: ActivationName;
}

const input = [channels.length, sceneSide, sceneSide];

/** The feature maps and the activation maps of a state, `[filters, height, width]`. */
export function bankMaps(compute: Compute, { count, size, bias, activation }: BankState) {
  const filters = filterBank.slice(0, count);
  const weights = filters.flatMap((filter) => bankWeights(filter, size));
  const layer = conv2d({ filters: count, kernelSize: size });
  const { layers } = activations[activation];
  const parameters = { 'conv1.weight': weights, 'conv1.bias': filters.map(() => bias) };
  return {
    feature: compute.run(input, [layer], scene, { 'conv1.weight': weights }),
    active: compute.run(input, [layer, ...layers], scene, parameters),
  };
}

export function viewBank(state: BankState, compute: Compute): Html {
  const { feature, active } = bankMaps(compute, state);
  return html`<div class="channels-scene">
      <figure>
        ${colorPicture(scene, [sceneSide, sceneSide], { alt: sceneAlt, scale: 4 })}
        <figcaption>${{ en: 'Picture, 32×32×3', ko: '그림 32×32×3' }}</figcaption>
      </figure>
      ${channels.map(
        ({ text }, channel) =>
          html`<figure>
            ${greyPicture(sceneChannel(channel), [sceneSide, sceneSide], { alt: channelAlts[channel], scale: 3 })}
            <figcaption>${{ en: `${text.en} channel`, ko: `${text.ko} 채널` }}</figcaption>
          </figure>`,
      )}
    </div>
    <div class="channels-bank">
      ${filterBank.slice(0, state.count).map((_, filter) => filterCard(filter, state.size, feature, active))}
    </div>
    <p class="lesson-sum" data-say>${sizesText(state)}</p>`;
}

function filterCard(filter: number, size: number, feature: Computed, active: Computed): Html {
  const { text } = filterBank[filter];
  const weights = bankWeights(filterBank[filter], size);
  const [limit, mapLimit] = [largest(weights), largest(feature.values)];
  const area = size ** 2;
  const slices = channels.map(({ text: channel }, k) =>
    signedPicture(weights.slice(k * area, (k + 1) * area), [size, size], {
      alt: {
        en: `${channel.en} slice: from ${ends(weights.slice(k * area, (k + 1) * area)).join(' to ')}`,
        ko: `${channel.ko} 채널의 가중치: ${ends(weights.slice(k * area, (k + 1) * area)).join('부터 ')}까지`,
      },
      limit,
      scale: 35 / size,
    }),
  );
  return html`<div class="channels-card">
    <p><b>${filter + 1}. ${text}</b></p>
    <div class="channels-slices">${slices}</div>
    ${mapFigure({ en: 'feature map', ko: '특징 맵' }, filter, feature, mapLimit)}
    ${mapFigure({ en: 'activation map', ko: '활성화 맵' }, filter, active, mapLimit)}
  </div>`;
}

function mapFigure(name: Text, filter: number, { shape, values }: Computed, limit: number): Html {
  const [, height, width] = shape;
  const map = values.slice(filter * height * width, (filter + 1) * height * width);
  const { text } = filterBank[filter];
  const [low, high] = ends(map);
  const place = map.indexOf(highest(map));
  const [row, column] = [Math.floor(place / width) + 1, (place % width) + 1];
  const alt = {
    en: `${name.en} of filter ${filter + 1}, ${text.en}: from ${low} to ${high}, largest in row ${row}, column ${column}`,
    ko: `필터 ${filter + 1}(${text.ko})의 ${name.ko}: ${low}부터 ${high}까지이고 ${row}행 ${column}열에서 가장 큽니다`,
  };
  return html`<figure>
    ${signedPicture(map, [height, width], { alt, limit, scale: 4 })}
    <figcaption>${name}</figcaption>
  </figure>`;
}

const largest = (values: readonly number[]) => highest(values.map(Math.abs));
const ends = (values: readonly number[]) =>
  [lowest(values), highest(values)].map((value) => formatNumber(value, 2));

/** Shapes and parameters with their numbers put in. */
function sizesText({ count, size }: BankState): Text {
  const model = { input, layers: [conv2d({ filters: count, kernelSize: size })] };
  const [{ outputShape, parameters, multiplyAdds }] = summarize(model).layers;
  const [depth, height, width] = outputShape;
  const shape = formatShape([height, width, depth]);
  const each = `${size}·${size}·3 + 1`;
  const [total, products] = [formatCount(parameters), formatCount(multiplyAdds)];
  return {
    en: `(32 − ${size}) / 1 + 1 = ${height}: 32×32×3 becomes ${shape}. Parameters: ${count}·(${each}) = ${total}. Multiply-adds: ${height}·${width}·${count}·${size}·${size}·3 = ${products}.`,
    ko: `(32 − ${size}) / 1 + 1 = ${height}이므로 32×32×3 → ${shape}입니다. 매개변수는 ${count}·(${each}) = ${total}개, 곱셈-누산은 ${height}·${width}·${count}·${size}·${size}·3 = ${products}번입니다.`,
  };
}

const sceneAlt: Text = {
  en: 'A white house with a red roof and a dark door on a green meadow, under a blue sky with a yellow sun',
  ko: '파란 하늘과 노란 해 아래, 초록 풀밭에 서 있는 흰 집. 지붕은 빨갛고 문은 어둡습니다',
};

const channelAlts: readonly Text[] = [
  {
    en: 'Red channel: sun, roof and wall are bright, the meadow is dark',
    ko: '빨강 채널: 해와 지붕, 벽은 밝고 풀밭은 어둡습니다',
  },
  {
    en: 'Green channel: the roof is almost black, sun and wall are bright',
    ko: '초록 채널: 지붕은 거의 검고 해와 벽은 밝습니다',
  },
  {
    en: 'Blue channel: the sky is white, sun and roof are almost black',
    ko: '파랑 채널: 하늘은 하얗고 해와 지붕은 거의 검습니다',
  },
];
