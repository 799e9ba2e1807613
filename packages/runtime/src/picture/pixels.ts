import { luma, planeOf, type Plane } from '@convbook/core/pictures';

/** Pixels row by row, `[height, width, channels]` bytes. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: ArrayLike<number>;
}

/** One channel. */
export function channelOf({ width, height, channels, data }: Pixels, channel: number): Plane {
  return planeOf(width, height, (place) => data[place * channels + channel]);
}

/** Luma of RGB by ITU-R BT.601, without looking at alpha. */
export function toGrey(pixels: Pixels): Plane {
  const { width, height, channels, data } = pixels;
  if (channels < 3) return channelOf(pixels, 0);
  return planeOf(width, height, (place) => {
    const at = place * channels;
    return luma(data[at], data[at + 1], data[at + 2]);
  });
}

/** Rows become columns. */
export function transpose({ width, height, channels, data }: Pixels): Pixels {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        turned[(x * height + y) * channels + c] = data[(y * width + x) * channels + c];
      }
    }
  }
  return { width: height, height: width, channels, data: turned };
}

/** Bright becomes dark; alpha stays. */
export function invert(pixels: Pixels): Pixels {
  const { channels } = pixels;
  const isAlpha = (at: number) => channels % 2 === 0 && at % channels === channels - 1;
  const data = Uint8Array.from(pixels.data, (value, at) => (isAlpha(at) ? value : 255 - value));
  return { ...pixels, data };
}

/** A picture of which every pixel is the mean of `times` × `times`; lines that are left over are cut off. */
export function reduceBy({ width, height, channels, data }: Pixels, times: number): Pixels {
  const [columns, rows] = [Math.floor(width / times), Math.floor(height / times)];
  const reduced = new Uint8Array(columns * rows * channels);
  reduced.forEach((_, at) => {
    const [place, channel] = [Math.floor(at / channels), at % channels];
    const [left, top] = [(place % columns) * times, Math.floor(place / columns) * times];
    let sum = 0;
    for (let y = top; y < top + times; y++) {
      for (let x = left; x < left + times; x++) sum += data[(y * width + x) * channels + channel];
    }
    reduced[at] = Math.round(sum / (times * times));
  });
  return { width: columns, height: rows, channels, data: reduced };
}
