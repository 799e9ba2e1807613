// Pictures of simple figures, for tests.
import type { Pixels } from '../picture/index.ts';

/** A grey picture, its values as a function of column and row. */
export function greyPicture(
  width: number,
  height: number,
  value: (x: number, y: number) => number,
): Pixels {
  const data = Uint8Array.from({ length: width * height }, (_, place) =>
    Math.min(255, Math.max(0, Math.round(value(place % width, Math.floor(place / width))))),
  );
  return { width, height, channels: 1, data };
}

/** Every pixel `times` as wide and as high. */
export function enlarged({ width, height, channels, data }: Pixels, times: number): Pixels {
  const [columns, rows] = [width * times, height * times];
  const large = new Uint8Array(columns * rows * channels);
  large.forEach((_, at) => {
    const [place, channel] = [Math.floor(at / channels), at % channels];
    const [x, y] = [Math.floor((place % columns) / times), Math.floor(place / columns / times)];
    large[at] = data[(y * width + x) * channels + channel];
  });
  return { width: columns, height: rows, channels, data: large };
}

/** Images `[channels, height, width]` as pixels, whose channels stand together. */
export function pictureOf(
  image: ArrayLike<number>,
  [channels, height, width]: readonly number[],
): Pixels {
  const area = height * width;
  const data = Uint8Array.from(
    { length: channels * area },
    (_, at) => image[(at % channels) * area + Math.floor(at / channels)],
  );
  return { width, height, channels: channels === 3 ? 3 : 1, data };
}
