// A data set of any shape and number of classes: gratings in noise. The class decides a grating's
// direction and wavelength, chance its phase; averaged over phases every class is the same grey, so
// a linear model sees nothing, while a convolution answers to direction and wavelength anywhere.
import { cos, sin } from '@convbook/core';
import {
  checkImageShape,
  checkNumber,
  checkObject,
  checkOptionNames,
  wholeAboveZero,
} from '@convbook/core/checks';
import { keyOf, philox, Purpose } from '@convbook/core/random';
import type { Dataset, ImageSet } from './dataset.ts';
import { fromSource } from './source-of.ts';
import { sharedBytes } from './shared-bytes.ts';

/** Shape, classes and size of a synthetic data set. */
export interface SyntheticOptions {
  /** `[channels, height, width]`. */
  readonly sampleShape: readonly [number, number, number];
  readonly classes: number;
  /** Default 1. */
  readonly seed?: number | undefined;
  /** Default 4000, or as many as 32 MiB hold. */
  readonly trainSamples?: number | undefined;
  /** Default a quarter of the training samples. */
  readonly testSamples?: number | undefined;
}

const optionNames = {
  sampleShape: true,
  classes: true,
  seed: true,
  trainSamples: true,
  testSamples: true,
} as const satisfies Record<keyof SyntheticOptions, true>;

// Wavelengths, in pixels, from two pixels a stripe to what a small image shows several times.
const shortest = 3.5;
const longest = 12;
const contrast = 70;
const noise = 40;
// A label is a byte: where there are more classes, the others have no samples.
const mostLabels = 256;
const mostBytes = 32 * 1024 * 1024;

/**
 * The same samples for the same options.
 *
 * @throws ConfigurationError for an option that does not fit.
 */
export function synthetic(options: SyntheticOptions): Dataset {
  checkObject('synthetic', options, 'synthetic({ sampleShape: [1, 28, 28], classes: 10 })');
  checkOptionNames('synthetic', options, optionNames);
  const { sampleShape, classes, seed = 1, trainSamples, testSamples } = options;
  checkImageShape('synthetic sampleShape', sampleShape);
  checkNumber('synthetic classes', classes, wholeAboveZero);
  const bytes = sampleShape.reduce((product, size) => product * size, 1);
  const room = Math.max(1, Math.floor(mostBytes / bytes));
  const trainCount = trainSamples ?? Math.min(4000, room);
  const testCount = testSamples ?? Math.max(1, Math.floor(trainCount / 4));
  checkNumber('synthetic trainSamples', trainCount, wholeAboveZero);
  checkNumber('synthetic testSamples', testCount, wholeAboveZero);
  keyOf(seed);
  const make = (first: number, count: number): ImageSet => {
    const images = sharedBytes(count * bytes);
    const labels = sharedBytes(count);
    for (let n = 0; n < count; n++) {
      labels[n] = n % Math.min(classes, mostLabels);
      const image = images.subarray(n * bytes, (n + 1) * bytes);
      drawGrating(image, sampleShape, gratingOf(labels[n], classes), seed, first + n);
    }
    return { images, labels, count };
  };
  return fromSource({
    name: 'synthetic',
    sampleShape,
    classNames: Array.from({ length: classes }, (_, label) => nameOf(label, classes)),
    train: make(0, trainCount),
    test: make(trainCount, testCount),
    sha256: {},
    scaling: 'byte / 255',
    attribution: `Made by Convbook from seed ${seed}: gratings in noise`,
    source: { kind: 'synthetic', seed: options.seed, trainSamples, testSamples },
  });
}

interface Grating {
  /** From 0 to below π. */
  readonly direction: number;
  /** Pixels. */
  readonly wavelength: number;
}

// Directions and wavelengths as a grid, about as many of each; wavelengths in equal ratios.
function gratingOf(label: number, classes: number): Grating {
  const wavelengths = Math.max(1, Math.floor(Math.sqrt(classes / 2)));
  const directions = Math.ceil(classes / wavelengths);
  const step = wavelengths === 1 ? 0.5 : Math.floor(label / directions) / (wavelengths - 1);
  const frequency = 1 / longest + (1 / shortest - 1 / longest) * step;
  return { direction: (Math.PI * (label % directions)) / directions, wavelength: 1 / frequency };
}

/** The gratings of more classes are too much alike for their rounded names to differ: those have a number, too. */
const mostPlainNames = 1000;

function nameOf(label: number, classes: number): string {
  const { direction, wavelength } = gratingOf(label, classes);
  const name = `${Math.round((direction * 180) / Math.PI)}° / ${wavelength.toFixed(1)} px`;
  return classes > mostPlainNames ? `${label}: ${name}` : name;
}

function drawGrating(
  image: Uint8Array,
  [channels, height, width]: readonly [number, number, number],
  { direction, wavelength }: Grating,
  seed: number,
  index: number,
): void {
  const key = keyOf(seed);
  const words = new Uint32Array(4);
  philox([0, index, 0, Purpose.synthetic], key, words);
  const phase = (words[0] / 0x100000000) * 2 * Math.PI;
  const turn = (2 * Math.PI) / wavelength;
  // sin(ax + by) from one sine and cosine a row and column.
  const waves = (size: number, rate: number, start: number) =>
    Array.from({ length: size }, (_, i) => [sin(rate * i + start), cos(rate * i + start)]);
  const rows = waves(height, turn * sin(direction), phase);
  const columns = waves(width, turn * cos(direction), 0);
  let at = 0;
  for (let channel = 0; channel < channels; channel++)
    for (const [rowSine, rowCosine] of rows)
      for (const [columnSine, columnCosine] of columns) {
        if (at % 4 === 0) philox([1 + at / 4, index, 0, Purpose.synthetic], key, words);
        const grain = (words[at % 4] / 0x100000000 - 0.5) * 2 * noise;
        const wave = contrast * (rowSine * columnCosine + rowCosine * columnSine);
        image[at] = Math.min(255, Math.max(0, Math.round(127.5 + wave + grain)));
        at++;
      }
}
