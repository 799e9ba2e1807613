// A test image written as a file is read as the bytes that it was made from, at its own size and at two and
// three times its size, for data sets of every kind.
import { describePictures } from '@convbook/data/training';
import { loadIdxFolder, loadMnist, synthetic } from '@convbook/data';
import { openDecoder } from '@convbook/data/pictures';
import { presets } from '@convbook/layers';
import { samplePicture, toPngUrl } from '@convbook/report';
import { readPicture } from '@convbook/runtime/network';
import { enlarged, pictureOf } from '@convbook/runtime/testing';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const count = 100;

/** Test images and training images, one after another. */
interface Images {
  readonly shape: readonly [number, number, number];
  readonly images: Uint8Array;
  readonly training: Uint8Array;
}

const mnist = loadMnist();

/** The first images of MNIST, each byte from another place; the ground outside. */
function digits(side: number, from: (x: number, y: number) => number | null, isPaper: boolean) {
  const make = (images: Uint8Array) =>
    Uint8Array.from({ length: count * side * side }, (_, at) => {
      const [index, place] = [Math.floor(at / side ** 2), at % side ** 2];
      const source = from(place % side, Math.floor(place / side));
      const value = source === null ? 0 : images[index * 784 + source];
      return isPaper ? 255 - value : value;
    });
  const shape = [1, side, side] as const;
  return { shape, images: make(mnist.test.images), training: make(mnist.train.images) };
}

function folder(name: string): Images {
  const { sampleShape, train, test } = loadIdxFolder(path.join(import.meta.dirname, 'cases', name));
  return { shape: sampleShape, images: test.images, training: train.images };
}

function gratings([channels, height, width]: readonly number[]): Images {
  const sampleShape = [channels, height, width] as const;
  // As many values as 100 images of 28 × 28 have, as enlarging takes its time.
  const testSamples = Math.max(
    4,
    Math.min(count, Math.floor(300_000 / (channels * height * width))),
  );
  const { train, test } = synthetic({ sampleShape, classes: 4, trainSamples: 50, testSamples });
  return { shape: sampleShape, images: test.images, training: train.images };
}

const padded = (x: number, y: number) =>
  x < 2 || y < 2 || x > 29 || y > 29 ? null : (y - 2) * 28 + x - 2;
const cases: readonly (readonly [name: string, images: Images])[] = [
  ['MNIST', digits(28, (x, y) => y * 28 + x, false)],
  ['MNIST on paper', digits(28, (x, y) => y * 28 + x, true)],
  ['transposed digits', digits(28, (x, y) => x * 28 + y, false)],
  ['32 × 32 digits on paper', digits(32, padded, true)],
  ['figures on paper', folder('paper')],
  ['squares whose size is the class', folder('size')],
  ['gratings of 28 × 28', gratings([1, 28, 28])],
  ...['keras-figure', 'taewan', 'alexnet-mini'].map(
    (name) => [`gratings for ${name}`, gratings(presets[name].input)] as const,
  ),
];

const decoder = openDecoder();
afterAll(() => decoder.close());

// The bytes are all that a model sees: where they are equal, the logits of every preset are.
it.each(cases)(
  '%s: files of test images are read to the last bit',
  async (_, { shape, images, training }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const samples = { images: shared(training), labels: shared(new Uint8Array(1)) };
    const train = { ...samples, count: training.length / size };
    const description = describePictures({ sampleShape: shape, train });
    for (let begin = 0; begin < Math.min(images.length, count * size); begin += size) {
      const image = images.slice(begin, begin + size);
      const [, png] = toPngUrl(samplePicture(image, [...shape])).split(',');
      const pixels = await decoder.decode(Buffer.from(png, 'base64'), 'a test image');
      const reading = readPicture(pixels, shape, description);
      expect(reading).toEqual({ bytes: image, steps: ['as it is'], doubts: [] });
      for (const times of [2, 3]) {
        const picture = enlarged(pictureOf(image, shape), times);
        const reading = readPicture(picture, shape, description);
        expect(reading).toEqual({ bytes: image, steps: ['reduced'], doubts: [] });
      }
    }
  },
);

function shared(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
