// The parts of test images that excite each filter most.
import {
  detailFold,
  evenly,
  formatCount,
  formatList,
  formatPlural,
  formatShape,
  html,
  type Html,
  type Text,
} from '@convbook/page';
import { pictureImage, tilePictures, type Picture } from '@convbook/page/images';
import type { Run, Samples } from '@convbook/run';
import { layerRows, type Network } from '@convbook/runtime/network';
import { topPatches, type LayerPatches, type Patch } from '@convbook/runtime/explain';
import { largest } from '../analysis/largest.ts';
import {
  deadFilters,
  filterAnswers,
  hasFilters,
  type FilterAnswers,
} from '../explain/filter-answers.ts';
import { patchPicture } from '../images/patches.ts';
import { leftOut } from './left-out.ts';
import { activationRange, patchTable } from './patch-table.ts';

/** Layers and filters shown, pixels of a layer's patches, patches of a filter. */
const most = { layers: 4, filters: 32, pixels: 60_000, patches: 9 };
const leastFilters = 4;
const columns = 3;

export function patchesFigure(network: Network, run: Run, samples: Samples): Html | null {
  const rows = evenly(
    layerRows(network.model).filter(({ layer }) => hasFilters(layer)),
    most.layers,
  );
  if (rows.length === 0 || samples.images.size === 0) return null;
  const answers = filterAnswers(run, network);
  if (answers === null) return leftOut(network.model);
  const { indexes } = answers;
  const found = topPatches(network, rows, samples, indexes).map((layer) => lively(layer, answers));
  const labels = run.evaluation?.labels ?? new Uint8Array();
  const names = run.record.data.classNames;
  const quiet = silent(found);
  const table = { en: 'The filters and their images as a table', ko: '필터와 이미지를 표로 보기' };
  return html`<h3>${{ en: 'What each filter responds to', ko: '필터가 강하게 반응하는 조각' }}</h3>
    <p>
      ${{
        en: `The patches to which each filter responds most: up to nine, at most one from each of ${formatPlural(indexes.length, 'test image')} that the run keeps. They should have something in common: an edge, a stroke or a shape. If they do not, train longer. ${quiet.en}`,
        ko: `실행이 보관한 시험 이미지 ${formatCount(indexes.length)}장에서 각 필터가 가장 강하게 반응하는 조각을 아홉 개까지 보여 줍니다. 이미지 한 장에서 하나만 고릅니다. 조각들에 경계, 획, 모양 같은 공통점이 있어야 합니다. 없다면 더 오래 학습하십시오. ${quiet.ko}`,
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

/** The patches of a layer without those where a filter gives no more than anywhere: a dead one has none. */
function lively({ row, field, filters }: LayerPatches, { ranges }: FilterAnswers): LayerPatches {
  const range = ranges.get(row.layer.name);
  const dead = new Set(range && deadFilters(range));
  return {
    row,
    field,
    filters: filters.map((patches, k) =>
      dead.has(k + 1)
        ? []
        : patches.filter(({ activation }) => activation > (range?.lowest[k] ?? -Infinity)),
    ),
  };
}

/** How many filters are dead. */
function silent(found: readonly LayerPatches[]): Text {
  const quiet = found.flatMap(({ row, filters }) => {
    const count = filters.filter(({ length }) => length === 0).length;
    return count === 0
      ? []
      : [{ name: row.name, count: formatCount(count), of: formatCount(filters.length) }];
  });
  if (quiet.length === 0) {
    return { en: 'None of these filters is dead.', ko: '이 가운데 죽은 필터는 없습니다.' };
  }
  const en = quiet.map(({ name, count, of }) => `${count} of ${of} in ${name}`);
  const ko = quiet.map(({ name, count, of }) => `${name} 층의 ${of}개 중 ${count}개`);
  return {
    en: `Dead filters give the same whatever the image is, and have no patches: ${formatList(en)}.`,
    ko: `죽은 필터는 어떤 이미지에도 같은 값을 내므로 보여 줄 조각이 없습니다: ${ko.join(', ')}.`,
  };
}

function layerPatches({ row, field, filters }: LayerPatches, samples: Samples): Html {
  const [height, width] = field.size.map((size, side) => Math.min(size, samples.shape[side + 1]));
  const fitting = Math.floor(most.pixels / (9 * height * width));
  const live = filters.flatMap(({ length }, k) => (length > 0 ? [k] : []));
  const count = Math.min(live.length, most.filters, Math.max(leastFilters, fitting));
  const shown = largest(live.length, count, (k) => filters[live[k]][0].activation).map(
    (k) => live[k],
  );
  const tiles = shown.map((k) => {
    const patches = filters[k];
    const pictures = patches.map(({ index, row: top, column }) =>
      patchPicture(samples.images.get(index) as Uint8Array, samples.shape, field, top, column),
    );
    const sheet = tilePictures(filledUp(pictures), columns);
    const values = activationRange(patches);
    const alt = {
      en: `${row.name}, filter ${k + 1}: ${formatPlural(patches.length, 'patch', 'patches')}, activation ${values.en}`,
      ko: `${row.name}, 필터 ${k + 1}: 조각 ${patches.length}개, 활성값 ${values.ko}`,
    };
    return html`<div>
      ${sheetLink(patches, pictureImage(sheet, alt))}
      <span>${k + 1}</span>
    </div>`;
  });
  const isCut = count < live.length;
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

/** A sheet that opens the image of the patch that is pointed at, and by keyboard that of the first one. */
function sheetLink(patches: readonly Patch[], sheet: Html): Html {
  const indexes = patches.map(({ index }) => index);
  return html`<a
    class="image-link"
    href="#image=${indexes[0]}"
    data-image="${indexes[0]}"
    data-images="${indexes.join(' ')}"
    data-per-line="${columns}"
    >${sheet}</a
  >`;
}

/** Nine pictures, of which those that are missing are blank: all sheets of a layer have one size. */
function filledUp(pictures: readonly Picture[]): Picture[] {
  const [{ width, height, channels }] = pictures;
  const blank: Picture = {
    width,
    height,
    channels,
    data: new Uint8Array(width * height * channels),
  };
  return Array.from({ length: most.patches }, (_, k) => pictures[k] ?? blank);
}
