// The parts of test images that excite each filter most.
import { highest } from '@convbook/core';
import {
  detailFold,
  evenly,
  formatCount,
  formatList,
  formatNumber,
  formatPlural,
  formatShape,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import { pictureImage, tilePictures } from '@convbook/page/images';
import type { ResolvedLayer } from '@convbook/layers';
import type { Run, Samples } from '@convbook/run';
import { layerRows, type Network } from '@convbook/runtime/network';
import { topPatches, type LayerPatches, type Patch } from '@convbook/runtime/explain';
import { largest } from '../analysis/largest.ts';
import { affordable } from '../explain/cost.ts';
import { patchPicture } from '../images/patches.ts';
import { leftOut } from './left-out.ts';

/** Layers and filters shown, pixels of a layer's patches, images searched. */
const most = { layers: 4, filters: 32, pixels: 60_000, images: 400 };
const leastImages = 60;
const leastFilters = 4;
const columns = 3;

export function patchesFigure(network: Network, run: Run, samples: Samples): Html | null {
  const rows = evenly(
    layerRows(network.model).filter(({ layer }) => hasFilters(layer)),
    most.layers,
  );
  const count = affordable(network.model, leastImages, most.images);
  if (rows.length > 0 && count === 0) return leftOut(network.model);
  const indexes = evenly([...samples.images.keys()], count);
  if (rows.length === 0 || indexes.length === 0) return null;
  const found = topPatches(network, rows, samples, indexes);
  const labels = run.evaluation?.labels ?? new Uint8Array();
  const names = run.record.data.classNames;
  const quiet = silent(found);
  const table = { en: 'The filters and their images as a table', ko: '필터와 이미지를 표로 보기' };
  return html`<h3>${{ en: 'What each filter responds to', ko: '필터가 강하게 반응하는 조각' }}</h3>
    <p>
      ${{
        en: `The nine patches to which each filter responds most, at most one from each of ${formatPlural(indexes.length, 'test image')} that the run keeps. Look for what the nine have in common: the edge, stroke or shape that the filter has found. Patches with nothing in common would be bad, and so would filters that respond to no image. ${quiet.en}`,
        ko: `실행이 보관한 시험 이미지 ${formatCount(indexes.length)}장에서 각 필터가 가장 강하게 반응하는 조각 아홉 개입니다. 이미지 한 장에서 하나만 고릅니다. 아홉 조각에 필터가 찾아낸 경계, 획, 모양 같은 공통점이 있는지 보십시오. 아홉 조각에 공통점이 없거나 어떤 이미지에도 반응하지 않는 필터가 있으면 좋지 않습니다. ${quiet.ko}`,
      }}
    </p>
    <figure class="wide patches">
      ${found.map((layer) => layerPatches(layer, samples))}
      <figcaption>
        ${{
          en: 'Each patch is as large as the receptive field of one position of the filter’s map, and at most the whole image. Beyond the edge of an image there is nothing to show.',
          ko: '각 조각의 크기는 필터 맵 한 위치의 수용 영역이며, 수용 영역이 이미지보다 크면 이미지 전체입니다. 이미지의 경계 밖에는 보여 줄 것이 없습니다.',
        }}
      </figcaption>
    </figure>
    ${detailFold(table, patchTable(found, labels, names))}`;
}

/** Whether the maps of a layer are those of filters; a block's are sums of such maps. */
function hasFilters({ spec, outputShape }: ResolvedLayer): boolean {
  return spec.kind === 'conv2d' || (spec.kind === 'residual' && outputShape.length === 3);
}

/** Filters whose strongest activation is not above 0, where an activation follows them. */
function silent(found: readonly LayerPatches[]): Text {
  const quiet = found.flatMap(({ row, filters }) => {
    const count = filters.filter(([best]) => best.activation <= 0).length;
    return count === 0
      ? []
      : [{ name: row.name, count: formatCount(count), of: formatCount(filters.length) }];
  });
  if (quiet.length === 0) {
    return { en: 'Here there are none.', ko: '여기에는 그런 필터가 없습니다.' };
  }
  const en = quiet.map(({ name, count, of }) => `${count} of ${of} in ${name}`);
  const ko = quiet.map(({ name, count, of }) => `${name} 층의 ${of}개 중 ${count}개`);
  return {
    en: `Here there are ${formatList(en)}.`,
    ko: `여기서 반응하지 않는 필터는 ${ko.join(', ')}입니다.`,
  };
}

function layerPatches({ row, field, filters }: LayerPatches, samples: Samples): Html {
  const [height, width] = field.size.map((size, side) => Math.min(size, samples.shape[side + 1]));
  const fitting = Math.floor(most.pixels / (9 * height * width));
  const count = Math.min(most.filters, Math.max(leastFilters, fitting));
  const shown = largest(filters.length, count, (k) => filters[k][0].activation);
  const tiles = shown.map((k) => {
    const patches = filters[k];
    const pictures = patches.map(({ index, row: top, column }) =>
      patchPicture(samples.images.get(index) as Uint8Array, samples.shape, field, top, column),
    );
    const sheet = tilePictures(pictures, Math.min(columns, pictures.length));
    const values = range(patches);
    const alt = {
      en: `${row.name}, filter ${k + 1}: ${formatPlural(patches.length, 'patch', 'patches')}, activation ${values.en}`,
      ko: `${row.name}, 필터 ${k + 1}: 조각 ${patches.length}개, 활성값 ${values.ko}`,
    };
    return html`<div>
      ${pictureImage(sheet, alt)}
      <span>${k + 1}</span>
    </div>`;
  });
  const isCut = count < filters.length;
  const [all, size] = [filters.length, formatShape(field.size)];
  return html`<p class="chart-title">
      <span
        >${row.name}:
        ${{
          en: `${formatPlural(all, 'filter')}${isCut ? `, the ${count} that respond most` : ''}`,
          ko: `필터 ${formatCount(all)}개${isCut ? ` 중 가장 강하게 반응하는 ${count}개` : ''}`,
        }}</span
      >
      <span class="spec">${{ en: `patches of ${size}`, ko: `조각의 크기 ${size}` }}</span>
    </p>
    <div class="tiles">${tiles}</div>`;
}

function range(patches: readonly Patch[]): Text {
  const [high, low] = [patches[0], patches[patches.length - 1]].map(({ activation }) =>
    formatNumber(activation, 2),
  );
  return { en: `${high} to ${low}`, ko: `${high} ~ ${low}` };
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
    caption: {
      en: 'Activation and label of the patches to which each filter responds most',
      ko: '필터가 강하게 반응하는 조각의 활성값과 레이블',
    },
    columns: [
      {
        head: { en: 'Filter', ko: '필터' },
        heading: true,
        value: ({ name, filter }) => `${name}, ${filter}`,
      },
      {
        head: { en: 'Strongest to ninth', ko: '최댓값 ~ 아홉째' },
        value: ({ patches }) => range(patches),
      },
      {
        head: { en: 'Most often', ko: '가장 많은 레이블' },
        value: ({ patches }) => commonest(patches, labels, names),
      },
      {
        head: { en: 'Test images', ko: '시험 이미지' },
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
): Text {
  const counts = new Uint32Array(names.length);
  for (const { index } of patches) counts[labels[index]]++;
  const best = counts.indexOf(highest(counts));
  return {
    en: `${names[best]} (${counts[best]} of ${patches.length})`,
    ko: `${names[best]} (${patches.length}개 중 ${counts[best]}개)`,
  };
}
