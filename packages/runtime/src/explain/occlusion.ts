// Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2013: how covering a part
// of the image changes the logit of a class.
import { samplesTogether } from '@convbook/layers/predict';
import { forward, type Network } from '../network.ts';
import { finish, type Steps } from './steps.ts';

/** Where the patch stands and what it is filled with. */
export interface OcclusionSettings {
  /** Places of the patch along each side. */
  readonly positions: number;
  /** Input value of the patch, or one for each channel. */
  readonly fill: number | readonly number[];
}

/** Where a patch lies, and by how much the logit falls under it. */
export interface Covered {
  readonly row: number;
  readonly column: number;
  readonly drop: number;
}

/** How much the logit of a class falls where a patch covers the image. */
export interface Occlusion {
  /** `[height, width]`. */
  readonly patch: readonly [number, number];
  readonly covered: readonly Covered[];
  /** Mean drop over the patches that cover a pixel, `[height · width]`. */
  readonly map: Float32Array;
}

/** A patch has a fifth of the image's rows and columns. */
const patchShare = 5;

/**
 * Covers one part of an image after another.
 *
 * @param image `[channels, height, width]`, as the model takes it.
 */
export function occlusion(
  network: Network,
  image: Float32Array,
  ofClass: number,
  settings: OcclusionSettings,
): Occlusion {
  return finish(occlusionSteps(network, image, ofClass, settings));
}

/**
 * The same, some passes a step.
 *
 * @param together Images of a step; default as many as the engine computes together.
 */
export function* occlusionSteps(
  network: Network,
  image: Float32Array,
  ofClass: number,
  { positions, fill }: OcclusionSettings,
  together = samplesTogether,
): Steps<Occlusion> {
  const [channels, height, width] = network.model.input;
  const fills = typeof fill === 'number' ? new Array<number>(channels).fill(fill) : fill;
  const patch = [shareOf(height), shareOf(width)] as const;
  const places = starts(height, patch[0], positions).flatMap((row) =>
    starts(width, patch[1], positions).map((column) => ({ row, column })),
  );
  const [logit] = logitsOf(forward(network, image), 1, ofClass);
  const covered: Covered[] = [];
  while (covered.length < places.length) {
    yield;
    const some = places.slice(covered.length, covered.length + together);
    const x = new Float32Array(some.length * image.length);
    some.forEach((place, k) => {
      const own = x.subarray(k * image.length, (k + 1) * image.length);
      own.set(image);
      cover(own, place, patch, [height, width], fills);
    });
    const logits = logitsOf(forward(network, x), some.length, ofClass);
    some.forEach((place, k) => covered.push({ ...place, drop: logit - logits[k] }));
  }
  return { patch, covered, map: meanDrops(covered, patch, height, width) };
}

/** The logit of a class for each sample of a batch, `[batch, classes]`. */
function logitsOf(y: Float32Array, samples: number, ofClass: number): number[] {
  const classes = y.length / samples;
  return Array.from({ length: samples }, (_, n) => y[n * classes + ofClass]);
}

function shareOf(side: number): number {
  return Math.max(1, Math.round(side / patchShare));
}

/** Gives the patch's pixels of an image one value a channel. */
function cover(
  image: Float32Array,
  { row, column }: Pick<Covered, 'row' | 'column'>,
  [patchHeight, patchWidth]: readonly number[],
  [height, width]: readonly number[],
  fills: readonly number[],
): void {
  for (let line = row; line < image.length / width; line++) {
    const isInside = line % height >= row && line % height < row + patchHeight;
    const at = line * width + column;
    if (isInside) image.fill(fills[Math.floor(line / height)], at, at + patchWidth);
  }
}

/** First rows or columns of the patches: evenly from one end to the other. */
function starts(side: number, patch: number, positions: number): number[] {
  const room = side - patch;
  const count = Math.min(positions, room + 1);
  if (count < 2) return [0];
  return Array.from({ length: count }, (_, k) => Math.round((k * room) / (count - 1)));
}

function meanDrops(
  covered: readonly Covered[],
  [patchHeight, patchWidth]: readonly number[],
  height: number,
  width: number,
): Float32Array {
  const [sums, counts] = [new Float64Array(height * width), new Float64Array(height * width)];
  for (const { row, column, drop } of covered) {
    for (let line = row; line < row + patchHeight; line++) {
      for (let place = line * width + column; place < line * width + column + patchWidth; place++) {
        sums[place] += drop;
        counts[place]++;
      }
    }
  }
  return Float32Array.from(sums, (sum, place) => (counts[place] === 0 ? 0 : sum / counts[place]));
}
