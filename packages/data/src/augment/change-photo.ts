// Mirrors, cuts, recolours and erases in images of bytes. Float64 with + − × ÷ alone: the same bytes
// everywhere.

/** How one image changes. */
export interface PhotoChange {
  /** Whether left and right are exchanged. */
  readonly isMirrored: boolean;
  /** Pixels the image moves right and down, whole. */
  readonly columns: number;
  readonly rows: number;
  /** Factors of the values, of their distances from the image's mean, and from a pixel's grey. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** In pixels; becomes zero in every channel. */
  readonly erased: Rectangle;
}

interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

type ImageShape = readonly [channels: number, height: number, width: number];

/**
 * Writes the image of `from` that begins at `start`, changed, to the beginning of `to`; outside an image
 * is zero.
 */
export function changePhoto(
  shape: ImageShape,
  from: Uint8Array,
  start: number,
  change: PhotoChange,
  to: Uint8Array,
): void {
  move(shape, from, start, change, to);
  const { brightness, contrast, saturation } = change;
  if (brightness !== 1 || contrast !== 1 || saturation !== 1) recolour(shape, change, to);
  erase(shape, change.erased, to);
}

function move(
  [channels, height, width]: ImageShape,
  from: Uint8Array,
  start: number,
  { isMirrored, columns, rows }: PhotoChange,
  to: Uint8Array,
): void {
  for (let line = 0, at = 0; line < channels * height; line++) {
    const row = (line % height) - rows;
    const source = start + (line - rows) * width;
    const isInside = row >= 0 && row < height;
    for (let column = 0; column < width; column++) {
      const moved = column - columns;
      const isOutside = !isInside || moved < 0 || moved >= width;
      to[at++] = isOutside ? 0 : from[source + (isMirrored ? width - 1 - moved : moved)];
    }
  }
}

/**
 * brightness · (mean + contrast · (grey + saturation · (x − grey) − mean)), with the mean over all values
 * of the image, and a pixel's grey by ITU-R BT.601.
 */
function recolour(
  [channels, height, width]: ImageShape,
  { brightness, contrast, saturation }: PhotoChange,
  image: Uint8Array,
): void {
  const area = height * width;
  const mean = meanOf(image);
  const added = mean - contrast * mean;
  for (let place = 0; place < area; place++) {
    const grey = channels === 3 ? greyOf(image, place, area) : 0;
    for (let at = place; at < image.length; at += area) {
      const coloured = channels === 3 ? grey + saturation * (image[at] - grey) : image[at];
      image[at] = toByte(brightness * (added + contrast * coloured));
    }
  }
}

function meanOf(values: Uint8Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function greyOf(image: Uint8Array, place: number, area: number): number {
  return (299 * image[place] + 587 * image[place + area] + 114 * image[place + 2 * area]) / 1000;
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0;
}

function erase(
  [channels, rows, columns]: ImageShape,
  { top, left, height, width }: Rectangle,
  image: Uint8Array,
): void {
  for (let channel = 0; channel < channels; channel++) {
    for (let row = top; row < top + height; row++) {
      const at = (channel * rows + row) * columns + left;
      image.fill(0, at, at + width);
    }
  }
}
