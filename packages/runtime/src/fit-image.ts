// Turns any picture into a model's input as MNIST's authors did (LeCun and others 1998): scale the ink to
// 20 pixels on its longer side, keep its proportions, smooth it to grey levels, and place it in 28 × 28
// with its centre of mass in the middle. Nothing here needs Node: a page does the same.

/** Pixels row by row, `[height, width, channels]` bytes. */
export interface Pixels {
  width: number;
  height: number;
  /** 1 grey, 3 RGB. */
  channels: 1 | 3;
  data: ArrayLike<number>;
}

/** Side of the square the ink is scaled to, as a share of the input's: 20 of 28. */
const inkShare = 20 / 28;

/** Greys at most this are paper. */
const paper = 20;

/**
 * Bytes `[channels, height, width]` of a picture. Inputs of one channel and 28 × 28 are centred and
 * scaled like MNIST's digits, and dark ink on bright paper is inverted; a picture that already has this
 * size and bright ink on dark is taken as it is. For other inputs the whole picture is scaled.
 *
 * @returns null where there is no ink to centre.
 */
export function fitImage(pixels: Pixels, shape: readonly number[]): Uint8Array | null {
  const [channels, height, width] = shape;
  if (channels !== 1 || height !== 28 || width !== 28) return scaleImage(pixels, shape);
  const grey = toGrey(pixels);
  const isInk = !isBright(grey, pixels.width, pixels.height);
  if (isInk && pixels.width === 28 && pixels.height === 28) return Uint8Array.from(grey);
  const ink = isInk ? grey : grey.map((value) => 255 - value);
  return centerDigit(ink, pixels.width, pixels.height);
}

/** A digit, bright on dark, as MNIST's are; null where every value is paper. */
export function centerDigit(
  ink: ArrayLike<number>,
  width: number,
  height: number,
  side = 28,
): Uint8Array | null {
  const box = boundingBox(ink, width, height);
  if (box === null) return null;
  const longest = Math.max(box.width, box.height);
  const target = Math.round(side * inkShare);
  const scaled = (length: number) => Math.max(1, Math.round((length * target) / longest));
  const [columns, rows] = [scaled(box.width), scaled(box.height)];
  const cut = new Float64Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      cut[y * box.width + x] = ink[(box.top + y) * width + box.left + x];
    }
  }
  const digit = resize(cut, box.width, box.height, columns, rows);
  const [massX, massY] = centerOfMass(digit, columns, rows);
  const result = new Uint8Array(side * side);
  const [left, top] = [Math.round(side / 2 - massX), Math.round(side / 2 - massY)];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const [toX, toY] = [left + x, top + y];
      if (toX < 0 || toY < 0 || toX >= side || toY >= side) continue;
      result[toY * side + toX] = Math.round(digit[y * columns + x]);
    }
  }
  return result;
}

/** The whole picture in the model's size, in grey or in its three colours. */
function scaleImage(pixels: Pixels, [channels, height, width]: readonly number[]): Uint8Array {
  const planes =
    channels === 3 && pixels.channels === 3
      ? [0, 1, 2].map((c) => plane(pixels, c))
      : Array.from({ length: channels }, () => toGrey(pixels));
  const scaled = planes.map((values) => resize(values, pixels.width, pixels.height, width, height));
  return Uint8Array.from(scaled.flatMap((values) => Array.from(values, Math.round)));
}

function plane({ channels, data, width, height }: Pixels, channel: number): Float64Array {
  return Float64Array.from(
    { length: width * height },
    (_, place) => data[place * channels + channel],
  );
}

/** Luma of RGB by ITU-R BT.601, `[height, width]`. */
function toGrey(pixels: Pixels): Float64Array {
  if (pixels.channels === 1) return plane(pixels, 0);
  const [red, green, blue] = [0, 1, 2].map((c) => plane(pixels, c));
  return red.map((value, k) => Math.round((299 * value + 587 * green[k] + 114 * blue[k]) / 1000));
}

/** Whether the picture's border is bright in the middle: dark ink on paper. */
function isBright(grey: Float64Array, width: number, height: number): boolean {
  const border = grey.filter((_, place) => {
    const [x, y] = [place % width, Math.floor(place / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
  return border.sort()[border.length >> 1] > 127;
}

function boundingBox(ink: ArrayLike<number>, width: number, height: number) {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x] <= paper) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (right < 0) return null;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Each new pixel is the mean of the area it covers. */
function resize(
  values: ArrayLike<number>,
  width: number,
  height: number,
  columns: number,
  rows: number,
): Float64Array {
  const across = new Float64Array(columns * height);
  resample(width, columns, (to, from, share) => {
    for (let y = 0; y < height; y++) across[y * columns + to] += share * values[y * width + from];
  });
  const result = new Float64Array(columns * rows);
  resample(height, rows, (to, from, share) => {
    for (let x = 0; x < columns; x++) {
      result[to * columns + x] += share * across[from * columns + x];
    }
  });
  return result;
}

/** The share of each old place that lies in each new one. */
function resample(
  from: number,
  to: number,
  add: (to: number, from: number, share: number) => void,
): void {
  const size = from / to;
  for (let k = 0; k < to; k++) {
    const [start, end] = [k * size, (k + 1) * size];
    for (let old = Math.floor(start); old < Math.min(from, Math.ceil(end)); old++) {
      add(k, old, (Math.min(end, old + 1) - Math.max(start, old)) / size);
    }
  }
}

/** Middle of the ink, in pixels from the left and top edges. */
function centerOfMass(values: ArrayLike<number>, columns: number, rows: number): [number, number] {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const value = values[y * columns + x];
      sum += value;
      sumX += value * (x + 0.5);
      sumY += value * (y + 0.5);
    }
  }
  return [sumX / sum, sumY / sum];
}
