// What a filter is seen by: its weights, the patches that excite it, and an image made for it.
import { divergingPicture, tilePictures } from '@convbook/page/images';
import { formatNumber, html, type Html, type Text } from '@convbook/page/markup';
import { highest, largestSize } from '@convbook/core';
import { ascent } from '@convbook/runtime/explain';
import type { LayerRow } from '@convbook/runtime/network';
import { digitSide, digitValues, greyValues, readDigits } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import { greyPicture, scaledPicture } from '../../figure/picture.ts';
import { cellAt } from '../../figure/rows.ts';
import { plot } from '../../figure/plot.ts';
import type { ChosenFilter } from './controls.ts';
import type { Frame } from './ascent.ts';
import { convolutions, fieldOf, layers, networkOf } from './network.ts';
import { readPatches, type FoundPatch } from './patches.ts';
import { across, tiles, tilesWidth, type Tiles } from './tiles.ts';

/** The chosen convolution, and the number of its first filter among those of all. */
function layerOf(compute: Compute, layer: number): { row: LayerRow; first: number } {
  const rows = convolutions(networkOf(compute));
  const before = rows.slice(0, layer).map(({ layer: { outputShape } }) => outputShape[0]);
  return { row: rows[layer], first: before.reduce((sum, filters) => sum + filters, 0) };
}

/** CSS pixels of a patch, whatever its size. */
const patchWidth = 64;

/** The part of a digit that a place of a map sees, `[size, size]`, from 0 to 1. */
function patchValues(compute: Compute, { row }: { row: LayerRow }, patch: FoundPatch): number[] {
  const { size, jump, start } = fieldOf(networkOf(compute), row);
  const values = digitValues(readDigits(compute.data('hundred-digits')), patch.index);
  return Array.from({ length: size[0] * size[1] }, (_, at) => {
    const { row: down, column: right } = cellAt(at, size[1]);
    const top = start[0] + patch.row * jump[0];
    return values[(top + down) * digitSide + start[1] + patch.column * jump[1] + right];
  });
}

const choosers = new WeakMap<Compute, Map<number, Tiles>>();

/** The strongest patch of each filter of the layer, to choose one by. */
export function chooser(compute: Compute, { layer, filter }: ChosenFilter): Html {
  const own = choosers.get(compute) ?? new Map<number, Tiles>();
  const given = own.get(layer) ?? strongestPatches(compute, layer);
  choosers.set(compute, own.set(layer, given));
  const { name } = layers[layer];
  return tiles(given, filter, {
    en: `Filters of ${name}; arrow keys choose one`,
    ko: `${name}의 필터. 화살표 키로 고릅니다`,
  });
}

function strongestPatches(compute: Compute, layer: number): Tiles {
  const own = layerOf(compute, layer);
  const { name, filters, field } = layers[layer];
  return {
    part: 'filters',
    size: field.size,
    images: Array.from({ length: filters }, (_, k) =>
      patchValues(compute, own, readPatches(compute, own.first + k)[0]),
    ),
    scale: tilesWidth / (across * (field.size[1] + 1)),
    alt: {
      en: `The patch that excites each of the ${filters} filters of ${name} most`,
      ko: `${name}의 필터 ${filters}개가 저마다 가장 강하게 반응하는 조각`,
    },
  };
}

/** The weights of a filter, a small square for each channel that it reads. */
export function weightsPart(compute: Compute, { layer, filter }: ChosenFilter): Html {
  const { row } = layerOf(compute, layer);
  const name = row.layer.name;
  const all = networkOf(compute).parameters.get(`${name}.weight`) ?? new Float32Array();
  const channels = row.layer.inputShape[0];
  const [height, width] = row.layer.window?.kernelSize ?? [1, 1];
  const area = height * width;
  const own = all.subarray(filter * channels * area, (filter + 1) * channels * area);
  const limit = largestSize(own);
  const slices = Array.from({ length: channels }, (_, c) =>
    divergingPicture(own.subarray(c * area, (c + 1) * area), height, width, limit),
  );
  const columns = Math.min(8, channels);
  const picture = tilePictures(slices, columns);
  return part(
    {
      en: `Weights: ${channels} × ${height} × ${width}`,
      ko: `가중치 ${channels} × ${height} × ${width}`,
    },
    scaledPicture(picture, {
      scale: channels === 1 ? 24 : 5,
      alt: {
        en: `Weights of filter ${filter + 1} of ${name}, at most ${formatNumber(limit)}; blue is positive, orange negative`,
        ko: `${name}의 필터 ${filter + 1}의 가중치. 크기는 ${formatNumber(limit)} 이하이며, 파란색은 양수, 주황색은 음수`,
      },
    }),
  );
}

/** Median, over the filters of a layer, of the different digits that their patches come from. */
export function differentDigits(compute: Compute, layer: number): number {
  const { row, first } = layerOf(compute, layer);
  const { labels } = readDigits(compute.data('hundred-digits'));
  const counts = Array.from({ length: row.layer.outputShape[0] }, (_, filter) => {
    const found = readPatches(compute, first + filter).filter(({ activation }) => activation > 0);
    return new Set(found.map(({ index }) => labels[index])).size;
  });
  return counts.sort((a, b) => a - b)[Math.floor((counts.length - 1) / 2)];
}

/** The nine patches that excite a filter most. */
export function patchesPart(compute: Compute, { layer, filter }: ChosenFilter): Html {
  const own = layerOf(compute, layer);
  const { size } = fieldOf(networkOf(compute), own.row);
  const patches = readPatches(compute, own.first + filter);
  const { labels } = readDigits(compute.data('hundred-digits'));
  const digits = patches.map(({ index }) => labels[index]).join(', ');
  const strongest = formatNumber(patches[0].activation);
  const kinds = differentDigits(compute, layer);
  const none = { en: '', ko: '' };
  return part(
    {
      en: `Patches that excite it most: ${size[0]} × ${size[1]} pixels`,
      ko: `필터가 강하게 반응하는 조각: ${size[0]} × ${size[1]}픽셀`,
    },
    html`<div
        class="deeper-layers-patches"
        role="img"
        aria-label="${{
          en: `The nine strongest patches, cut from the digits ${digits}; the strongest gives ${strongest}`,
          ko: `가장 강한 조각 아홉 개. 숫자 ${digits}에서 잘랐고, 가장 강한 값은 ${strongest}`,
        }}"
      >
        ${patches.map((patch) =>
          greyPicture(patchValues(compute, own, patch), size, {
            alt: none,
            scale: patchWidth / size[0],
          }),
        )}
      </div>
      <p class="deeper-layers-note">
        ${{
          en: `Cut from ${digits}. The strongest gives ${strongest}. Half of the layer’s filters have patches from at most ${kinds} different digits.`,
          ko: `숫자 ${digits}에서 잘랐습니다. 가장 강한 값은 ${strongest}입니다. 이 층의 필터 절반은 조각이 서로 다른 숫자 ${kinds}가지 이하에서 나옵니다.`,
        }}
      </p>`,
  );
}

/** The image of the last frame, and how the mean of the filter's map has grown. */
export function madePart(frames: readonly Frame[], { filter }: ChosenFilter): Html {
  const last = frames[frames.length - 1];
  const values = greyValues(last.bytes);
  const most = highest(frames.map(({ mean }) => mean));
  const [from, to] = [frames[0].mean, last.mean].map((mean) => formatNumber(mean));
  return part(
    {
      en: `Image made to excite it, step ${frames.length - 1}`,
      ko: `필터에 맞춰 만든 이미지, ${frames.length - 1}단계`,
    },
    html`<div class="lesson-row">
      ${greyPicture(values, [digitSide, digitSide], {
        scale: 7,
        alt: {
          en: `Image for filter ${filter + 1}: the mean of its map went from ${from} to ${to}`,
          ko: `필터 ${filter + 1}에 맞춘 이미지. ${from}이던 맵의 평균이 이제 ${to}입니다`,
        },
      })}
      ${plot({
        width: 300,
        height: 200,
        lines: [
          {
            name: { en: 'Mean of its map', ko: '특징 맵의 평균' },
            points: frames.map(({ mean }, step) => [step, mean] as const),
            color: 0,
          },
        ],
        dots: [{ at: [frames.length - 1, last.mean], color: 0 }],
        x: { label: { en: 'Step', ko: '단계' }, domain: [0, ascent.steps] },
        y: { label: '', domain: [0, Math.max(most, 0.1)] },
        alt: {
          en: `The mean of the map goes from ${from} to ${to} in ${frames.length - 1} steps`,
          ko: `${frames.length - 1}단계 뒤에 맵의 평균은 처음의 ${from} 대신 ${to}입니다`,
        },
      })}
    </div>`,
  );
}

function part(title: Text, content: Html): Html {
  return html`<div class="deeper-layers-part">
    <p class="chart-title">${title}</p>
    ${content}
  </div>`;
}
