import { borderOf, isOpposite, type PictureGround, type Plane } from '@convbook/core/pictures';
import { hasDarkInk } from './find-ink.ts';
import { isEven } from './is-even.ts';
import { channelOf, invert, toGrey, type Pixels } from './pixels.ts';
import type { PictureReading } from './reading.ts';
import { resize } from './resize.ts';
import type { PictureStep } from './words.ts';

/**
 * The whole picture in the model's size, in grey or in its three colours; turned over where its even border
 * is the opposite of a ground.
 */
export function readWhole(
  pixels: Pixels,
  shape: readonly number[],
  ground: PictureGround | null,
): PictureReading {
  const [channels, height, width] = shape;
  const size = sizeStep(pixels, width, height);
  const isTurned = ground !== null && isTurnedOver(toGrey(pixels), ground, size);
  const steps: PictureStep[] = isTurned ? ['turned over', size] : [size];
  const planes = planesOf(isTurned ? invert(pixels) : pixels, channels);
  if (planes.every((plane) => isEven(plane, ground !== null))) {
    return { bytes: null, steps: [], doubts: [] };
  }
  const scaled = planes.map((plane) => resize(plane, width, height).values);
  const bytes = Uint8Array.from(scaled.flatMap((values) => Array.from(values, Math.round)));
  const isOther = ground !== null && !isOnGround(planes[0], ground, size);
  return { bytes, steps, doubts: isOther ? ['other ground'] : [] };
}

/** Whether bright and dark are the other way round; a photograph's border need not be even. */
function isTurnedOver(grey: Plane, ground: PictureGround, size: PictureStep): boolean {
  const border = borderOf(grey);
  if (isOpposite(border, ground)) return true;
  const isFar = Math.abs(border.grey - ground.grey) > 64;
  return isFar && !isExact(size) && hasDarkInk(grey) !== (ground.ink === 'dark');
}

/** Whether a picture's border is like that of the data set's images; these themselves are. */
function isOnGround(plane: Plane, ground: PictureGround, size: PictureStep): boolean {
  const { grey, evenness } = borderOf(plane);
  return isExact(size) || (Math.abs(grey - ground.grey) <= 48 && evenness >= 0.5);
}

function isExact(size: PictureStep): boolean {
  return size === 'as it is' || size === 'reduced';
}

function planesOf(pixels: Pixels, channels: number) {
  const isColour = channels === 3 && pixels.channels === 3;
  return isColour
    ? [0, 1, 2].map((channel) => channelOf(pixels, channel))
    : Array.from({ length: channels }, () => toGrey(pixels));
}

function sizeStep(pixels: Pixels, width: number, height: number): PictureStep {
  const times = pixels.width / width;
  if (times !== pixels.height / height) return 'stretched';
  return times === 1 ? 'as it is' : Number.isInteger(times) ? 'reduced' : 'scaled';
}
