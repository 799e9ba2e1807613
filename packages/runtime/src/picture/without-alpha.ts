import { onBackground, type PictureGround } from '@convbook/core/pictures';
import { drawn } from './drawn.ts';
import { toGrey, type Pixels } from './pixels.ts';

/** Ink of one colour spans at most so many greys. */
const oneColour = 48;

/**
 * A picture without transparent parts. Ink of one colour is its alpha, drawn as the data set's ink is; any
 * other picture gets the ground that it stands out from, black or white.
 */
export function withoutAlpha(
  picture: Pixels,
  ground: PictureGround | null,
): { pixels: Pixels; isFromAlpha: boolean } {
  const { width, height, channels, data } = picture;
  if (channels === 1 || channels === 3) return { pixels: picture, isFromAlpha: false };
  const alpha = Uint8Array.from(
    { length: width * height },
    (_, place) => data[(place + 1) * channels - 1],
  );
  const { mean, span } = opaqueGrey(picture, alpha);
  const isClear = alpha.filter((value) => value < 128).length >= alpha.length / 4;
  if (ground !== null && isClear && span <= oneColour) {
    const ink = alpha.map((value) => drawn(value / 255, ground));
    return { pixels: { width, height, channels: 1, data: ink }, isFromAlpha: true };
  }
  return { pixels: onBackground(picture, mean < 128 ? 255 : 0), isFromAlpha: false };
}

/** The mean grey of what is opaque, and from its darkest to its brightest. */
function opaqueGrey(picture: Pixels, alpha: Uint8Array): { mean: number; span: number } {
  const { values } = toGrey(picture);
  const opaque = values.filter((_, place) => alpha[place] >= 128).sort();
  if (opaque.length === 0) return { mean: 255, span: 0 };
  const mean = opaque.reduce((sum, value) => sum + value, 0) / opaque.length;
  return { mean, span: opaque[opaque.length - 1] - opaque[0] };
}
