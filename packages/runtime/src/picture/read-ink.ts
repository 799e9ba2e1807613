import { planeOf, type PictureGround } from '@convbook/core/pictures';
import { centerInk } from './center-ink.ts';
import { drawn } from './drawn.ts';
import { findInk, knownInk, type Ink } from './find-ink.ts';
import { toGrey, type Pixels } from './pixels.ts';
import type { PictureReading } from './reading.ts';
import type { PictureStep } from './words.ts';

/**
 * The ink of a picture, drawn as the data set's images are.
 *
 * @param isSettled Whether bright and dark are as in the data set; otherwise the picture tells.
 */
export function readInk(
  pixels: Pixels,
  shape: readonly number[],
  ground: PictureGround,
  isSettled: boolean,
): PictureReading {
  const isDarkData = ground.ink === 'dark';
  const ink = findInk(toGrey(pixels), isSettled ? isDarkData : undefined);
  if (ink === null) return { bytes: null, steps: [], doubts: [] };
  const turned: PictureStep = ink.isDark ? 'dark ink turned over' : 'bright ink turned over';
  return {
    bytes: drawInk(ink, shape, ground),
    steps: ink.isDark === isDarkData ? ['cut to the ink'] : [turned, 'cut to the ink'],
    doubts: ink.isFaint ? ['no clear ink'] : [],
  };
}

/** As `readInk`, where every pixel of the data set's ground is no ink: a drawing on it. */
export function readKnownInk(
  pixels: Pixels,
  shape: readonly number[],
  ground: PictureGround,
): PictureReading {
  const { width, height, values } = toGrey(pixels);
  const most = drawn(1, ground) - ground.grey;
  const strength = planeOf(width, height, (place) => (values[place] - ground.grey) / most);
  const ink = knownInk(strength, ground.ink === 'dark');
  if (ink === null) return { bytes: null, steps: [], doubts: [] };
  return { bytes: drawInk(ink, shape, ground), steps: ['cut to the ink'], doubts: [] };
}

/** Bytes `[channels, height, width]` of some ink, centred on a data set's ground. */
function drawInk(
  ink: Ink,
  [channels, height, width]: readonly number[],
  ground: PictureGround,
): Uint8Array {
  const { values } = centerInk(ink, [height, width], ground.inkSide);
  const bytes = new Uint8Array(channels * values.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = drawn(values[at % values.length], ground);
  return bytes;
}
