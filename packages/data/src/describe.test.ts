import { describe, expect, test } from 'vitest';
import { describeDataset } from './describe.ts';
import { smallFiles, toIdx, writeFolder } from './testing/idx-fixture.ts';
import { loadIdxFolder } from './idx-folder.ts';
import { loadMnist } from './mnist.ts';

const first = (count: number) => Uint32Array.from({ length: count }, (_, index) => index);

describe('describeDataset', () => {
  test('by hand: five 2×3 images, classes 0, 1, 3', () => {
    const pixels = [
      [0, 0, 0, 0, 0, 9],
      [1, 1, 1, 1, 1, 1],
      [0, 0, 0, 1, 0, 2],
      [255, 255, 0, 0, 0, 0],
      [7, 7, 7, 7, 7, 7],
    ];
    const dataset = loadIdxFolder(
      writeFolder({
        ...smallFiles,
        'train-images-idx3-ubyte': toIdx([5, 2, 3], pixels.flat()),
        'train-labels-idx1-ubyte': toIdx([5], [0, 1, 0, 3, 3]),
      }),
    );
    const { histogram, ...rest } = describeDataset(dataset, first(4));
    expect(rest).toEqual({
      name: dataset.name,
      sampleShape: [1, 2, 3],
      classNames: ['0', '1', '2', '3'],
      train: { samples: 4, perClass: [2, 1, 0, 1] },
      test: { samples: 2, perClass: [1, 0, 1, 0] },
      meanImages: [
        [0, 0, 0, 1, 0, 6],
        [1, 1, 1, 1, 1, 1],
        [0, 0, 0, 0, 0, 0],
        [255, 255, 0, 0, 0, 0],
      ],
    });
    const want = new Array<number>(256).fill(0);
    Object.assign(want, { 0: 13, 1: 7, 2: 1, 9: 1, 255: 2 });
    expect(histogram).toEqual(want);
  });

  test('the samples that are used, and those held out', () => {
    const dataset = loadIdxFolder(writeFolder(smallFiles));
    const used = describeDataset(dataset, Uint32Array.of(0, 2), Uint32Array.of(1));
    expect([used.train, used.validation]).toEqual([
      { samples: 2, perClass: [0, 1, 1] },
      { samples: 1, perClass: [1, 0, 0] },
    ]);
    expect(used.meanImages[2]).toEqual([0, 10, 20, 30, 40, 50]);
  });

  test('many classes of large images: no mean images, the same counts', () => {
    const [samples, size] = [3, 3 * 64 * 64];
    const pixels = Array.from({ length: samples * size }, (_, at) => (at % size === 5 ? 7 : 0));
    const folder = writeFolder({
      ...smallFiles,
      'train-images-idx3-ubyte': toIdx([samples, 3 * 64, 64], pixels),
      'train-labels-idx1-ubyte': toIdx([samples], [0, 84, 85]),
      't10k-images-idx3-ubyte': toIdx([2, 3 * 64, 64], pixels.slice(0, 2 * size)),
    });
    const description = describeDataset(loadIdxFolder(folder), first(samples));
    expect(description.meanImages).toEqual([]);
    expect(description.train.perClass.filter((count) => count > 0)).toEqual([1, 1, 1]);
    expect([description.histogram[0], description.histogram[7]]).toEqual([3 * size - 3, 3]);
  });

  test('MNIST agrees with plain loops', () => {
    const mnist = loadMnist();
    const { histogram, meanImages, train, test: held } = describeDataset(mnist, first(2000));
    const bytes = mnist.train.images.subarray(0, 2000 * 784);
    const want = new Array<number>(256).fill(0);
    for (const byte of bytes) want[byte]++;
    expect(histogram).toEqual(want);
    const sum = new Array<number>(784).fill(0);
    for (let sample = 0; sample < 2000; sample++) {
      if (mnist.train.labels[sample] !== 3) continue;
      for (let pixel = 0; pixel < 784; pixel++) sum[pixel] += bytes[sample * 784 + pixel];
    }
    expect(meanImages[3]).toEqual(sum.map((total) => Math.round(total / train.perClass[3])));
    expect(held).toEqual({
      samples: 10_000,
      perClass: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
    });
  });
});
