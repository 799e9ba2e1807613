import { crossCorrelation } from '@convbook/core';
import { conv2d } from '@convbook/layers';
import { formatNumber, html, inLanguages, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { grid } from '../../figure/grid.ts';
import { toRows, type Area } from '../../figure/rows.ts';
import { inBrackets } from '../../figure/written-sum.ts';
import { filterSide } from './color-filters.ts';
import { channelOf, channels, side } from './colors.ts';
import { paintTable } from './paint-table.ts';
import type { SumState } from './sum-state.ts';

/** What one channel adds: its numbers, its slice of the filter, their own map. */
interface Share {
  readonly channel: number;
  readonly input: number[][];
  readonly slice: number[][];
  readonly map: number[][];
}

export function viewSum(state: SumState, compute: Compute): Html {
  const { row, column } = state.at;
  const window = { row, column, height: filterSide, width: filterSide };
  const shares = channels.map((_, channel) => shareOf(state, channel));
  const { shape, values } = compute.run(
    [channels.length, side, side],
    [conv2d({ filters: 1, kernelSize: filterSide, bias: false })],
    channels.flatMap((_, channel) => channelOf(state.picture, channel)),
    { 'conv1.weight': state.weights },
  );
  const map = toRows(values, shape[2]);
  return html`<div class="channels-sum">
      ${paintTable(state, window)}
      <div class="channels-shares">${shares.map((share) => shareRow(share, window, state.at))}</div>
      ${grid({
        caption: { en: 'Feature map, 3×3×1', ko: '특징 맵 3×3×1' },
        part: 'map',
        rows: map,
        chosen: state.at,
        label: { en: 'Feature map; arrow keys move', ko: '특징 맵. 화살표 키로 옮깁니다' },
      })}
    </div>
    <p class="lesson-sum channels-total" data-say>
      ${totalText(
        shares.map((share) => share.map[row][column]),
        map[row][column],
      )}
    </p>
    ${shares.map((share) => productsLine(share, window, share.map[row][column]))}`;
}

function shareOf({ picture, weights }: SumState, channel: number): Share {
  const input = toRows(channelOf(picture, channel), side);
  const slice = toRows([...weights], filterSide).slice(
    channel * filterSide,
    (channel + 1) * filterSide,
  );
  return { channel, input, slice, map: crossCorrelation(input, slice) };
}

function shareRow({ channel, input, slice, map }: Share, window: Area, at: SumState['at']): Html {
  const { id, text } = channels[channel];
  const label = {
    en: `${text.en} channel; arrow keys move the window`,
    ko: `${text.ko} 채널. 화살표 키로 윈도우를 옮깁니다`,
  };
  return html`<div class="channels-share channels-${id}">
    ${grid({ caption: { en: `${text.en} channel`, ko: `${text.ko} 채널` }, part: id, rows: input, window, label })}
    <span class="channels-sign">∗</span>
    ${grid({ caption: { en: 'its slice', ko: '필터' }, rows: slice })}
    <span class="channels-sign">=</span>
    ${grid({ caption: { en: 'its share', ko: '더할 값' }, rows: map, window: { ...at, height: 1, width: 1 } })}
  </div>`;
}

function totalText(shares: readonly number[], total: number) {
  return inLanguages((language) => {
    const parts = channels.map(({ text }, k) => `${text[language]} ${inBrackets(shares[k])}`);
    const sum = parts.join(' + ').toLowerCase();
    return `${sum.charAt(0).toUpperCase()}${sum.slice(1)} = ${formatNumber(total)}`;
  });
}

/** The products of one channel; those of a weight 0 are left out. */
function productsLine({ channel, input, slice }: Share, { row, column }: Area, share: number) {
  const products = slice.flatMap((weights, r) =>
    weights.flatMap((weight, c) =>
      weight === 0 ? [] : [`${inBrackets(input[row + r][column + c])}·${inBrackets(weight)}`],
    ),
  );
  const { text } = channels[channel];
  const shown = products.length === 0 ? null : `${products.join(' + ')} = ${formatNumber(share)}`;
  return html`<p class="lesson-sum channels-products">
    ${{
      en: `${text.en}: ${shown ?? '0, as all nine weights are 0'}`,
      ko: `${text.ko}: ${shown ?? '가중치 아홉 개가 모두 0이므로 0'}`,
    }}
  </p>`;
}
