import { divergingPicture, tilePictures, type Picture } from '@convbook/page/images';
import type { FilterSnapshot } from '@convbook/run';

/** The largest absolute weight of a snapshot: the end of its colour scale. */
export function largestWeight({ weights }: FilterSnapshot): number {
  return weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
}

/** One input channel of a filter on a diverging scale, with `limit` in full colour. */
export function channelPicture(
  { shape, weights }: FilterSnapshot,
  filter: number,
  channel: number,
  limit: number,
): Picture {
  const [, channels, height, width] = shape;
  const start = (filter * channels + channel) * height * width;
  return divergingPicture(weights.subarray(start, start + height * width), height, width, limit);
}

/**
 * One filter on a diverging scale. Several input channels stand side by side, more than four in rows.
 *
 * @param limit The absolute weight shown in full colour.
 */
export function filterPicture(snapshot: FilterSnapshot, filter: number, limit: number): Picture {
  const channels = snapshot.shape[1];
  const pictures = Array.from({ length: channels }, (_, channel) =>
    channelPicture(snapshot, filter, channel, limit),
  );
  return tilePictures(pictures, channels <= 4 ? channels : Math.ceil(Math.sqrt(channels)));
}

/** A filter over red, green and blue as a colour picture: grey at 0, and `limit` where a channel is full or absent. */
export function colourFilterPicture(
  { shape, weights }: FilterSnapshot,
  filter: number,
  limit: number,
): Picture {
  const [, , height, width] = shape;
  const plane = height * width;
  const data = Uint8Array.from({ length: 3 * plane }, (_, at) => {
    const [place, channel] = [Math.floor(at / 3), at % 3];
    return Math.round(127.5 * (1 + weights[(filter * 3 + channel) * plane + place] / (limit || 1)));
  });
  return { width, height, channels: 3, data };
}
