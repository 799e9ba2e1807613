// The filters of the convolutions after the first: a part of the filters' cell.
import {
  evenly,
  formatCount,
  formatNumber,
  formatShape,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import { pictureImage, scaleLegend, tilePictures } from '@convbook/page/images';
import { branchesOf } from '@convbook/layers';
import type { FilterSnapshot } from '@convbook/run';
import type { Network } from '@convbook/runtime/network';
import { twinFilters } from '../analysis/filter-twins.ts';
import { largest } from '../analysis/largest.ts';
import { deadFilters, type FilterAnswers } from '../explain/filter-answers.ts';
import type { Networks } from '../explain/networks.ts';
import { channelPicture, largestWeight } from '../images/filters.ts';

/** Layers drawn, and of each the filters and input channels with the largest weights. */
const most = { layers: 4, filters: 12, channels: 24, names: 8 };

/** Multiply-adds up to which all filters of a layer are compared with each other: half a second. */
const mostCompared = 5e9;

interface LayerFilters extends FilterSnapshot {
  name: string;
}

export function deeperFilters(
  networks: Networks | null,
  answers: FilterAnswers | null,
): Html | null {
  if (networks === null) return null;
  const { trained } = networks;
  const layers = filtersOf(trained).slice(1);
  if (layers.length === 0) return null;
  return html`<h3>${{ en: 'Deeper filters', ko: '더 깊은 층의 필터' }}</h3>
    <p>
      ${{
        en: 'From the second convolution on, a filter does not look at the image but at the feature maps of the layer before, with one window for each map. Read a row from left to right: the filter adds up what it finds in each map. Large weights in a few windows mean that it combines those maps; a row that is pale throughout adds little, and of rows that look the same one would do.',
        ko: '두 번째 합성곱부터 필터는 이미지가 아니라 앞 층의 특징 맵을 보며, 맵마다 윈도우를 하나씩 가집니다. 한 줄을 왼쪽에서 오른쪽으로 읽으십시오. 필터는 각 맵에서 찾은 것을 모두 더합니다. 몇몇 윈도우의 가중치만 크면 그 맵들을 결합한다는 뜻입니다. 줄 전체가 옅은 필터는 하는 일이 적고, 같아 보이는 줄은 하나면 충분합니다.',
      }}
    </p>
    <figure class="wide filters">
      ${evenly(layers, most.layers).map(panel)}
      ${scaleLegend(
        {
          en: 'Colour scale of a layer: orange at minus its largest weight, no colour at 0, blue at plus its largest weight',
          ko: '층의 색 눈금: −최대 가중치 주황, 0 무색, +최대 가중치 파랑',
        },
        { en: 'largest of the layer', ko: '층의 최댓값' },
        { en: 'largest', ko: '최댓값' },
      )}
      <figcaption>
        ${{
          en: 'Each row is a filter, each column one of the maps that the layer reads; every layer has its own scale. Where there are many, those with the largest weights are shown, in their original order.',
          ko: '한 줄이 필터 하나이고, 한 열이 그 층이 읽는 맵 하나입니다. 눈금은 층마다 따로 맞췄습니다. 수가 많으면 가중치가 큰 것만 원래 순서대로 보여 줍니다.',
        }}
      </figcaption>
    </figure>
    <figure>${conditionTable(layers, trained.module, answers)}</figure>`;
}

function filtersOf({ model, parameters }: Network): LayerFilters[] {
  return model.layers
    .flatMap((layer) => branchesOf(layer)?.body ?? layer)
    .filter(({ spec }) => spec.kind === 'conv2d')
    .flatMap(({ parameters: own }) =>
      own
        .filter(({ shape }) => shape.length === 4)
        .map(({ name, shape }) => ({
          name: name.replace('.weight', ''),
          step: 0,
          shape,
          weights: parameters.get(name) ?? new Float32Array(),
        })),
    );
}

function panel(layer: LayerFilters): Html {
  const [filters, channels, height, width] = layer.shape;
  const area = height * width;
  const sizeOf = (filter: number, channel: number) => {
    const start = (filter * channels + channel) * area;
    return layer.weights.subarray(start, start + area).reduce((sum, w) => sum + w * w, 0);
  };
  const sum = (count: number, of: (k: number) => number) =>
    Array.from({ length: count }, (_, k) => of(k)).reduce((total, value) => total + value, 0);
  const rows = largest(filters, most.filters, (k) => sum(channels, (c) => sizeOf(k, c)));
  const columns = largest(channels, most.channels, (c) =>
    sum(rows.length, (k) => sizeOf(rows[k], c)),
  );
  const limit = largestWeight(layer);
  const pictures = rows.flatMap((filter) =>
    columns.map((channel) => channelPicture(layer, filter, channel, limit)),
  );
  const [size, end] = [formatShape([height, width]), formatNumber(limit, 2)];
  const title: Text = {
    en: `${layer.name}: ${partOf(rows.length, filters, 'filter')}, ${partOf(columns.length, channels, 'map')}`,
    ko: `${layer.name}: 필터 ${ofAll(rows.length, filters)}, 맵 ${ofAll(columns.length, channels)}`,
  };
  const alt: Text = {
    en: `${title.en}, windows of ${size}, largest absolute weight ${end}`,
    ko: `${title.ko}, ${size} 윈도우, 가중치의 최대 절댓값 ${end}`,
  };
  return html`<p class="chart-title">
      ${title}
      <span class="spec">${{ en: `colour to ±${end}`, ko: `색 눈금 ±${end}` }}</span>
    </p>
    ${pictureImage(tilePictures(pictures, columns.length), alt, 'filter-sheet')}`;
}

function partOf(shown: number, all: number, noun: string): string {
  return `${shown < all ? `${shown} of ` : ''}${formatCount(all)} ${noun}${all === 1 ? '' : 's'}`;
}

function ofAll(shown: number, all: number): string {
  return shown < all ? `${formatCount(all)}개 중 ${shown}개` : `${formatCount(all)}개`;
}

function conditionTable(
  layers: readonly LayerFilters[],
  module: WebAssembly.Module,
  answers: FilterAnswers | null,
): Html {
  const deadOf = ({ name }: LayerFilters) => {
    const range = answers?.ranges.get(name);
    return range === undefined ? null : deadFilters(range);
  };
  return renderTable<LayerFilters>({
    caption: { en: 'Dead and near-duplicate filters', ko: '죽은 필터와 거의 같은 필터' },
    columns: [
      {
        head: { en: 'Layer', ko: '층' },
        heading: true,
        value: ({ name }) => html`<code>${name}</code>`,
      },
      {
        head: { en: 'Filters', ko: '필터' },
        numeric: true,
        value: ({ shape }) => formatCount(shape[0]),
      },
      {
        head: { en: 'Largest weight', ko: '최대 가중치' },
        numeric: true,
        value: (layer) => formatNumber(largestWeight(layer)),
      },
      {
        head: { en: 'Dead', ko: '죽음' },
        value: (layer) => named(deadOf(layer)?.map(String) ?? null),
      },
      {
        head: { en: 'Nearly the same', ko: '거의 같음' },
        value: (layer) => {
          if (layer.shape[0] * layer.weights.length > mostCompared) {
            return { en: 'too many to compare', ko: '너무 많아 비교하지 않음' };
          }
          const dead = deadOf(layer) ?? [];
          if (layer.shape[0] - dead.length < 2) return named(null);
          return named(twinFilters(layer, module, dead).map((pair) => pair.join('–')));
        },
      },
    ],
    rows: layers,
  });
}

function named(items: readonly string[] | null): Text | string {
  if (items === null) return '–';
  if (items.length === 0) return { en: 'none', ko: '없음' };
  const [shown, rest] = [items.slice(0, most.names).join(', '), items.length - most.names];
  return rest <= 0 ? shown : { en: `${shown} and ${rest} more`, ko: `${shown} 외 ${rest}개` };
}
