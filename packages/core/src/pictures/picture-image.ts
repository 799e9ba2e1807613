// From a decoded picture to an image of a data set: each pixel of the image is the mean of the area it covers.
// The same arithmetic everywhere, so that the bytes are equal from the decoded pixels on.
import { areaAxis, type AreaAxis } from './area-axis.ts';
import { luma } from './luma.ts';

/** A picture without alpha, row by row: `[height, width, channels]` bytes. */
export interface OpaquePixels {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 RGB. */
  readonly channels: 1 | 3;
  readonly data: ArrayLike<number>;
}

/**
 * How a picture of other proportions fills an image. `cover`: its middle, to the image's edges; `contain`: all of
 * it, with bars of the background; `stretch`: all of it, its proportions changed.
 */
export type PictureFit = 'cover' | 'contain' | 'stretch';

/**
 * Bytes `[channels, height, width]` of a picture. Colours become grey by ITU-R BT.601 where the image has one
 * channel, and grey becomes three equal colours.
 *
 * @param background Grey of the bars, from 0 (black) to 255 (white, the default).
 */
export function pictureImage(
  picture: OpaquePixels,
  [channels, height, width]: readonly [number, number, number],
  fit: PictureFit,
  background = 255,
): Uint8Array {
  const source = channels === 1 ? toGrey(picture) : picture;
  const { across, down } = axesOf(source, height, width, fit);
  const means = averageAreas(source, across, down);
  const image = new Uint8Array(channels * height * width);
  for (let place = 0; place < height * width; place++) {
    const covered = across.covered[place % width] * down.covered[Math.floor(place / width)];
    const bar = background * (1 - covered);
    for (let channel = 0; channel < channels; channel++) {
      const mean = means[place * source.channels + (channel % source.channels)];
      image[channel * height * width + place] = Math.round(mean + bar);
    }
  }
  return image;
}

function toGrey(picture: OpaquePixels): OpaquePixels {
  const { width, height, channels, data } = picture;
  if (channels === 1) return picture;
  const grey = new Uint8Array(width * height);
  for (let place = 0, at = 0; place < grey.length; place++, at += 3) {
    grey[place] = luma(data[at], data[at + 1], data[at + 2]);
  }
  return { width, height, channels: 1, data: grey };
}

function axesOf(
  { width: columns, height: rows }: OpaquePixels,
  height: number,
  width: number,
  fit: PictureFit,
) {
  const [stepX, stepY] = [columns / width, rows / height];
  const common = fit === 'cover' ? Math.min(stepX, stepY) : Math.max(stepX, stepY);
  const [across, down] = fit === 'stretch' ? [stepX, stepY] : [common, common];
  return {
    across: areaAxis(columns, width, (columns - width * across) / 2, across),
    down: areaAxis(rows, height, (rows - height * down) / 2, down),
  };
}

/** The mean of each area, `[height, width, channels]`; what lies outside the picture counts as 0. */
function averageAreas(
  { width: columns, channels, data }: OpaquePixels,
  across: AreaAxis,
  down: AreaAxis,
): Float64Array {
  const length = columns * channels;
  const width = across.covered.length;
  const means = new Float64Array(down.covered.length * width * channels);
  // Columns that no area covers are not summed.
  const [first, end] = [across.from[0] * channels, ((across.from.at(-1) ?? -1) + 1) * channels];
  const row = new Float64Array(length);
  // Rows first: they are long and lie together.
  for (let entry = 0; entry < down.to.length; entry++) {
    addRow(row, data, down.from[entry] * length, first, end, down.share[entry]);
    if (down.to[entry + 1] === down.to[entry]) continue;
    averageRow(means, row, channels, down.to[entry] * width, across);
    row.fill(0, first, end);
  }
  return means;
}

/** Adds a share of the picture's row that begins at `start`, from `first` to below `end`. */
function addRow(
  row: Float64Array,
  data: ArrayLike<number>,
  start: number,
  first: number,
  end: number,
  share: number,
): void {
  for (let k = first; k < end; k++) row[k] += share * data[start + k];
}

/** Adds a row's areas to the means that begin at `place`. */
function averageRow(
  means: Float64Array,
  row: Float64Array,
  channels: number,
  place: number,
  { from, to, share }: AreaAxis,
): void {
  for (let entry = 0; entry < from.length; entry++) {
    const [old, next] = [from[entry] * channels, (place + to[entry]) * channels];
    for (let c = 0; c < channels; c++) means[next + c] += share[entry] * row[old + c];
  }
}
