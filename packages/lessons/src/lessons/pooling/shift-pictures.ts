import { formatPercent, html, type Html, type Text } from '@convbook/page/markup';
import { digitSide } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import { greyPicture, signedPicture } from '../../figure/picture.ts';
import type { Kind } from './kinds.ts';
import { poolBoth, shareChanged, type ShiftedDigit } from './shift.ts';

/** The digit, the shifted one, and their difference, pooled by a window. */
export function shiftPictures(
  compute: Compute,
  digit: ShiftedDigit,
  kind: Kind,
  size: number,
): Html {
  const { still, moved } = poolBoth(compute, digit, kind, size);
  const across = digitSide / size;
  const shape = [across, across] as const;
  const scale = 112 / across;
  const difference = moved.map((value, k) => value - still[k]);
  const share = formatPercent(shareChanged(compute, digit, kind, size), 0);
  const name: Text = {
    en: size === 1 ? 'pixels' : `${size}×${size} windows`,
    ko: size === 1 ? '픽셀' : `${size}×${size} 윈도우`,
  };
  const shown: readonly (readonly [Text, Html])[] = [
    [
      { en: `As it is, ${across}×${across}`, ko: `원래 ${across}×${across}` },
      greyPicture(still, shape, {
        alt: { en: `The digit, ${name.en}`, ko: `숫자, ${name.ko}` },
        scale,
      }),
    ],
    [
      { en: 'Shifted', ko: '옮긴 뒤' },
      greyPicture(moved, shape, {
        alt: { en: `The shifted digit, ${name.en}`, ko: `옮긴 숫자, ${name.ko}` },
        scale,
      }),
    ],
    [
      { en: `Difference: ${share}`, ko: `차이: ${share}` },
      signedPicture(difference, shape, {
        alt: {
          en: `The difference: ${share} of the ${name.en} with ink have changed`,
          ko: `차이: 획이 있는 ${name.ko} 가운데 ${share}가 바뀌었습니다`,
        },
        scale,
        limit: 1,
      }),
    ],
  ];
  return html`${shown.map(
    ([caption, picture]) =>
      html`<div>
        ${picture}
        <p class="caption">${caption}</p>
      </div>`,
  )}`;
}
