import { largestSize } from '@convbook/core';
import { formatNumber, type Html, type Text } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { greyPicture, signedPicture } from '../../figure/picture.ts';
import { filtered } from './filtered.ts';
import type { GreyImage } from './grey-image.ts';
import { nameOf, white } from './words.ts';

/** CSS pixels along a side of each picture. */
const shownSide = 272;

/** What a filter makes of an image, as numbers and as pictures. */
export interface FilterPictures {
  readonly image: GreyImage;
  readonly output: GreyImage;
  /** The largest absolute value of the output. */
  readonly limit: number;
  readonly input: Html;
  readonly signed: Html;
  readonly grey: Html;
}

/** The pictures of each filter's last image: a window that moves changes none of them. */
const made = new WeakMap<readonly number[], FilterPictures>();

export function filterPictures(
  compute: Compute,
  image: GreyImage,
  weights: readonly number[],
): FilterPictures {
  const known = made.get(weights);
  if (known?.image === image) return known;
  const output = filtered(compute, image, weights);
  const pictures = {
    image,
    output,
    input: inputPicture(image),
    ...outputPictures(output, weights),
  };
  made.set(weights, pictures);
  return pictures;
}

function inputPicture(image: GreyImage): Html {
  return greyOf(image, { en: 'The picture', ko: '그림' });
}

function outputPictures(output: GreyImage, weights: readonly number[]) {
  const limit = largestSize(output.values);
  const [name, most] = [nameOf(weights), formatNumber(limit, 5)];
  const signed = signedPicture(output.values, [output.side, output.side], {
    alt: {
      en: `${name.en}: the largest answer is ${most}; blue above 0, orange below`,
      ko: `${name.ko}: 가장 큰 값 ${most}, 0보다 크면 파란색, 작으면 주황색`,
    },
    scale: shownSide / output.side,
    limit,
  });
  const grey = greyOf(output, {
    en: `${name.en}: everything below 0 is black`,
    ko: `${name.ko}: 0보다 작은 값은 모두 검은색`,
  });
  return { limit, signed, grey };
}

function greyOf({ side, values }: GreyImage, alt: Text): Html {
  const shares = values.map((value) => value / white);
  return greyPicture(shares, [side, side], { alt, scale: shownSide / side });
}
