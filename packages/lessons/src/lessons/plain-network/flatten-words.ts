import { highest } from '@convbook/core';
import { formatProbability, html, renderTable, type Html, type Text } from '@convbook/page/markup';
import { digitSide } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import { networkOf, predicted, probabilities, shuffledNetwork } from './networks.ts';

/** A pixel and where it stands in the row of all pixels. */
export interface Placed {
  readonly kind: 'chosen' | 'beside' | 'above';
  readonly row: number;
  readonly column: number;
  readonly place: number;
}

/** Where a pixel and its neighbours stand in the row. */
export function placesText(pixels: readonly Placed[], isShuffled: boolean): Html {
  const [{ row, column, place }] = pixels;
  const list = (kind: Placed['kind']) =>
    pixels
      .filter((pixel) => pixel.kind === kind)
      .map((pixel) => pixel.place)
      .join(', ');
  const moved: Text = {
    en: ` The order sends it to place ${place}.`,
    ko: ` 뒤섞은 순서에서는 ${place}번 자리로 갑니다.`,
  };
  const own = row * digitSide + column;
  return html`<p class="lesson-sum" data-say>
    ${{
      en: html`Row ${row}, column ${column}, both counted from 0, is place ${row} × ${digitSide} +
        ${column} = <b>${own}</b>.${isShuffled && moved.en} Its neighbours
        <span class="plain-network-key beside">left and right</span> are at ${list('beside')}, those
        <span class="plain-network-key above">above and below</span> at ${list('above')}.`,
      ko: html`0부터 세어 ${row}행 ${column}열은 ${row} × ${digitSide} + ${column} = <b>${own}</b>번
        자리입니다.${isShuffled && moved.ko}
        <span class="plain-network-key beside">좌우</span> 이웃은 ${list('beside')}번,
        <span class="plain-network-key above">위아래</span> 이웃은 ${list('above')}번에 있습니다.`,
    }}
  </p>`;
}

/**
 * What both networks make of an image.
 *
 * @param bytes The image, its pixels shuffled where `isShuffled`.
 */
export function answersTable(compute: Compute, bytes: Uint8Array, isShuffled: boolean): Html {
  const plain = networkOf(compute, 'plain');
  const rows = [
    {
      name: isShuffled
        ? { en: 'Plain, weights in the same order', ko: '완전연결(가중치도 같은 순서로)' }
        : { en: 'Plain network', ko: '완전연결 신경망' },
      network: isShuffled ? shuffledNetwork(plain) : plain,
    },
    {
      name: { en: 'Convolutional network', ko: '합성곱 신경망' },
      network: networkOf(compute, 'convolutional'),
    },
  ].map(({ name, network }) => {
    const [values] = probabilities(network, [bytes]);
    return { name, digit: predicted(values), probability: highest(values) };
  });
  return renderTable({
    caption: { en: 'What the networks make of these pixels', ko: '이 픽셀을 본 두 신경망의 예측' },
    columns: [
      { head: { en: 'Network', ko: '신경망' }, value: ({ name }) => name, heading: true },
      { head: { en: 'Predicted', ko: '예측' }, value: ({ digit }) => digit, numeric: true },
      {
        head: { en: 'Probability', ko: '확률' },
        value: ({ probability }) => formatProbability(probability),
        numeric: true,
      },
    ],
    rows,
  });
}
