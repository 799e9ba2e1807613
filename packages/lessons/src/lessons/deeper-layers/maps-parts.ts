import { highest } from '@convbook/core';
import { formatNumber, html, renderTable, type Html } from '@convbook/page/markup';
import { throughWindow, inputField, type ReceptiveField } from '@convbook/runtime/explain';
import { digitSide, greyValues } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import type { Area } from '../../figure/rows.ts';
import { greyPicture } from '../../figure/picture.ts';
import { mark, surface } from '../../figure/surface.ts';
import type { ChosenFilter } from './controls.ts';
import { convolutions, layers, networkOf, type Maps } from './network.ts';
import { across, tiles, tilesWidth, type Tiles } from './tiles.ts';

/** A unit: a place of the map of a filter. */
export interface ChosenUnit extends ChosenFilter {
  readonly row: number;
  readonly column: number;
}

/** Rows and columns of the digit that a unit sees. */
export function seenBy({ size, jump, start }: ReceptiveField, { row, column }: ChosenUnit): Area {
  return {
    row: start[0] + row * jump[0],
    column: start[1] + column * jump[1],
    height: size[0],
    width: size[1],
  };
}

/** The digit with the receptive field of the unit on it. */
export function digitPart(
  bytes: Uint8Array,
  label: number,
  { layer, row, column }: ChosenUnit,
  seen: Area,
): Html {
  const { height, width } = layers[layer];
  const size = [digitSide, digitSide] as const;
  const values = greyValues(bytes);
  const last = [seen.row + seen.height - 1, seen.column + seen.width - 1];
  return surface({
    part: 'digit',
    size,
    at: { row, column },
    keys: [height, width],
    label: {
      en: 'The digit; press it to move the receptive field',
      ko: '숫자. 누르면 수용 영역이 옮겨 갑니다',
    },
    content: html`${greyPicture(values, size, {
      scale: 9,
      alt: {
        en: `A ${label}; the unit sees its rows ${seen.row} to ${last[0]}, columns ${seen.column} to ${last[1]}`,
        ko: `숫자 ${label}. 이 뉴런은 ${seen.row}–${last[0]}행, ${seen.column}–${last[1]}열을 봅니다`,
      },
    })}
    ${mark(seen, size)}`,
  });
}

/** The values of one map, from 0 to 1 of the largest of the layer or its own. */
function mapValues({ shape, values }: Maps, filter: number, of: 'layer' | 'map'): number[] {
  const area = shape[1] * shape[2];
  const own = values.subarray(filter * area, (filter + 1) * area);
  const most = Math.max(highest(of === 'layer' ? values : own), 1e-30);
  return Array.from(own, (value) => value / most);
}

/** Maps of a layer without any value above 0. */
export function blackMaps({ shape, values }: Maps): number {
  const area = shape[1] * shape[2];
  const isBlack = (k: number) =>
    values.subarray(k * area, (k + 1) * area).every((value) => value === 0);
  return Array.from({ length: shape[0] }, (_, k) => isBlack(k)).filter(Boolean).length;
}

/** The map of the chosen filter, large. */
export function mapPart(maps: Maps, name: string, { filter, row, column }: ChosenUnit): Html {
  const size = [maps.shape[1], maps.shape[2]] as const;
  return surface({
    part: 'map',
    size,
    at: { row, column },
    label: {
      en: `Map of filter ${filter + 1} of ${name}; arrow keys choose a unit`,
      ko: `${name} 필터 ${filter + 1}의 특징 맵. 화살표 키로 뉴런을 고릅니다`,
    },
    content: html`${greyPicture(mapValues(maps, filter, 'map'), size, {
      scale: (9 * digitSide) / size[1],
      alt: {
        en: `Map of filter ${filter + 1} of ${name}, ${size[0]} by ${size[1]}`,
        ko: `${name} 필터 ${filter + 1}의 특징 맵 ${size[0]}×${size[1]}`,
      },
    })}
    ${mark({ row, column, height: 1, width: 1 }, size)}`,
  });
}

/** All maps of a layer, small. */
export function allMaps(maps: Maps, name: string, { filter }: ChosenFilter): Html {
  const given = small.get(maps) ?? smallMaps(maps, name);
  small.set(maps, given);
  return tiles(given, filter, {
    en: `Maps of ${name}; arrow keys choose one`,
    ko: `${name}의 특징 맵. 화살표 키로 고릅니다`,
  });
}

const small = new WeakMap<Maps, Tiles>();

function smallMaps(maps: Maps, name: string): Tiles {
  const [count, height, width] = maps.shape;
  const quiet = blackMaps(maps);
  return {
    part: 'maps',
    size: [height, width],
    images: Array.from({ length: count }, (_, k) => mapValues(maps, k, 'layer')),
    scale: tilesWidth / (across * (width + 1)),
    alt: {
      en: `The ${count} maps of ${name} for this digit; black are ${quiet} of them, whose filters find nothing`,
      ko: `이 숫자에 대한 ${name}의 특징 맵 ${count}개. 그중 ${quiet}개는 검은색입니다. 필터가 아무것도 찾지 못했습니다`,
    },
  };
}

interface FieldRow {
  readonly name: string;
  readonly product: string;
  readonly size: number;
  readonly jump: number;
}

/** How the receptive field grows from layer to layer. */
export function fieldTable(compute: Compute, layer: number): Html {
  const network = networkOf(compute);
  const end = convolutions(network)[layer].to;
  let field = inputField;
  const rows = network.model.layers.slice(0, end).flatMap(({ name, window }): FieldRow[] => {
    if (window === null) return [];
    const before = field;
    field = throughWindow(field, window);
    const product = `${before.size[0]} + (${window.kernelSize[0]} − 1) × ${before.jump[0]}`;
    return [{ name, product, size: field.size[0], jump: field.jump[0] }];
  });
  return renderTable<FieldRow>({
    caption: {
      en: 'The receptive field, layer by layer',
      ko: '층마다의 수용 영역(receptive field)',
    },
    columns: [
      { head: { en: 'Layer', ko: '층' }, value: ({ name }) => name, heading: true },
      {
        head: { en: 'Before + (window − 1) × step', ko: '이전 크기 + (윈도우 − 1) × 간격' },
        value: ({ product }) => product,
      },
      {
        head: { en: 'Sees', ko: '보는 크기' },
        value: ({ size }) => html`<b>${size} × ${size}</b>`,
        numeric: true,
      },
      { head: { en: 'Step', ko: '간격' }, value: ({ jump }) => jump, numeric: true },
    ],
    rows,
  });
}

/** What the chosen unit sees, and its value. */
export function unitSentence(maps: Maps, name: string, unit: ChosenUnit, seen: Area): Html {
  const [, height, width] = maps.shape;
  const value = maps.values[(unit.filter * height + unit.row) * width + unit.column];
  const [bottom, right] = [seen.row + seen.height - 1, seen.column + seen.width - 1];
  return html`<p class="lesson-sum" data-say>
    ${{
      en: html`The unit in row ${unit.row}, column ${unit.column} of ${name}, filter
        ${unit.filter + 1}, sees rows ${seen.row} to ${bottom} and columns ${seen.column} to
        ${right} of the digit, and has the value <b>${formatNumber(value)}</b>. ${blackMaps(maps)}
        of the layer’s ${maps.shape[0]} maps ${blackMaps(maps) === 1 ? 'is' : 'are'} black.`,
      ko: html`${name} 필터 ${unit.filter + 1}의 ${unit.row}행 ${unit.column}열 뉴런은 숫자의
        ${seen.row}–${bottom}행, ${seen.column}–${right}열을 보며, 값은
        <b>${formatNumber(value)}</b>입니다. 이 층의 특징 맵 ${maps.shape[0]}개 가운데
        ${blackMaps(maps)}개는 검은색입니다.`,
    }}
  </p>`;
}
