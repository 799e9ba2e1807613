// Keras' form of a data set (tf.keras.datasets): a .npz file, which is a zip of .npy files, with the arrays x_train,
// y_train, x_test and y_test.
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DataError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import type { Entry, ZipFile } from 'yauzl';
import type { Dataset, ImageSet } from '../dataset.ts';
import { hashFile } from './hash-file.ts';
import { readNpy, type NpyArray, type NpyValues } from './npy.ts';
import { sharedBytes } from '../shared-bytes.ts';

const arrayNames = ['x_train', 'y_train', 'x_test', 'y_test'] as const;
type ArrayName = (typeof arrayNames)[number];

/** 4 GiB of an array; a zip can promise more than there is. */
const mostArrayBytes = 4_294_967_296;
/** Deflate expands a byte to at most this many. */
const mostInflation = 1032;

/**
 * Reads a `.npz` file with `x_train, y_train, x_test, y_test`: images `[n, h, w]` or `[n, h, w, c]` with c of 1 or
 * 3, as bytes, or as floats from 0 to 1, which become the nearest of 256 values; labels `[n]` or `[n, 1]`.
 *
 * @throws DataError when it is no such file, an array is missing or of another kind, or counts disagree.
 */
export async function loadNpz(path: string): Promise<Dataset> {
  const where = printable(path);
  const arrays = await readArrays(path, where);
  const sha256 = await hashFile(path);
  const [train, test] = (['train', 'test'] as const).map((set) => {
    const images = toImages(arrays[`x_${set}`], `${where}, x_${set}`);
    return { ...images, labels: toLabels(arrays[`y_${set}`], images.count, `${where}, y_${set}`) };
  });
  if (train.shape.join() !== test.shape.join()) {
    throw new DataError(
      `${where}: expected test images of ${train.shape.join(' × ')} as for training, got ${test.shape.join(' × ')}; save one data set`,
    );
  }
  const classes = 1 + train.labels.reduce((most, label) => Math.max(most, label), 0);
  return {
    name: basename(path, '.npz'),
    sampleShape: train.shape,
    classNames: Array.from({ length: classes }, (_, label) => String(label)),
    train: toSet(train),
    test: toSet(test),
    sha256: { [basename(path)]: sha256 },
    scaling: 'byte / 255',
    attribution: `NumPy arrays from ${basename(path)}`,
  };
}

interface Images {
  readonly shape: readonly [number, number, number];
  readonly count: number;
  readonly images: ImageSet['images'];
}

function toSet({ images, labels, count }: Images & { labels: ImageSet['labels'] }): ImageSet {
  return { images, labels, count };
}

/** `[n, h, w, c]` as `[n, c, h, w]` bytes. */
function toImages({ shape, values }: NpyArray, where: string): Images {
  const [count, height, width, channels = 1] = shape;
  const isImages = shape.length === 3 || (shape.length === 4 && (channels === 1 || channels === 3));
  if (!isImages || shape.includes(0)) {
    throw new DataError(
      `${where}: expected images of shape (n, height, width) or (n, height, width, 1 or 3), got (${shape.join(', ')}); save them so`,
    );
  }
  const toByte = byteOf(values, where);
  const plane = height * width;
  const images = sharedBytes(count * channels * plane);
  for (let from = 0; from < values.length; from++) {
    const channel = from % channels;
    const pixel = Math.floor(from / channels);
    const sample = Math.floor(pixel / plane);
    images[(sample * channels + channel) * plane + (pixel % plane)] = toByte(from);
  }
  return { shape: [channels, height, width], count, images };
}

/** The byte of a value: itself, or the nearest of 256 steps from 0 to 1. */
function byteOf(values: NpyValues, where: string): (at: number) => number {
  if (values instanceof Uint8Array) return (at) => values[at];
  if (values instanceof Float32Array || values instanceof Float64Array) {
    const outside = values.find((value) => !(value >= 0 && value <= 1));
    if (outside === undefined) return (at) => Math.round(values[at] * 255);
    throw new DataError(
      `${where}: expected floats from 0 to 1, got ${outside}; save the bytes, or divide by 255`,
    );
  }
  throw new DataError(
    `${where}: expected bytes (uint8) or floats from 0 to 1, got ${values.constructor.name}; convert it with astype("uint8")`,
  );
}

function toLabels({ shape, values }: NpyArray, count: number, where: string): ImageSet['labels'] {
  const isOneEach = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (!isOneEach || shape[0] !== count) {
    throw new DataError(
      `${where}: expected ${count} labels, one for each image, got shape (${shape.join(', ')}); one-hot labels become numbers with argmax(axis=1)`,
    );
  }
  const labels = sharedBytes(count);
  for (let at = 0; at < count; at++) {
    const label = Number(values[at]);
    if (!Number.isInteger(label) || label < 0 || label > 255) {
      throw new DataError(
        `${where}: expected whole labels from 0 to 255, got ${label} at index ${at}; number the classes from 0`,
      );
    }
    labels[at] = label;
  }
  return labels;
}

async function readArrays(path: string, where: string): Promise<Record<ArrayName, NpyArray>> {
  const found = new Map<string, NpyArray>();
  let names: string[] = [];
  try {
    const { openPromise } = await import('yauzl');
    const zip = await openPromise(path);
    try {
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName.replace(/\.npy$/, '');
        names = [...names, name];
        if (!arrayNames.some((wanted) => wanted === name)) continue;
        found.set(name, await readEntry(zip, entry, `${where}, ${name}`));
      }
    } finally {
      zip.close();
    }
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    // Reasons of the zip reader may be sentences.
    const reason = printable((cause as Error).message).replace(/\.$/, '');
    throw new DataError(`${where}: expected a .npz file, got ${reason}; save it with np.savez`, {
      cause,
    });
  }
  const take = (name: ArrayName) => {
    const array = found.get(name);
    if (array) return array;
    throw new DataError(
      `${where}: expected the arrays ${arrayNames.join(', ')}, got ${printable(names.slice(0, 8).join(', '))}; save them with np.savez(file, x_train=…)`,
    );
  };
  return {
    x_train: take('x_train'),
    y_train: take('y_train'),
    x_test: take('x_test'),
    y_test: take('y_test'),
  };
}

async function readEntry(zip: ZipFile, entry: Entry, where: string) {
  const { uncompressedSize: size, compressedSize } = entry;
  if (size > mostArrayBytes || size > compressedSize * mostInflation) {
    throw new DataError(
      `${where}: expected an array of at most ${mostArrayBytes} bytes, got one that claims ${size}; save it again`,
    );
  }
  const bytes = new Uint8Array(size);
  let filled = 0;
  const stream = await zip.openReadStreamPromise(entry);
  await pipeline(stream, async (pieces) => {
    for await (const piece of pieces as AsyncIterable<Uint8Array>) {
      bytes.set(piece, filled);
      filled += piece.length;
    }
  });
  return readNpy(bytes, where);
}
