import { countLabels } from './class-weights.ts';
import type { Dataset, ImageSet } from './dataset.ts';
import { sampleReader } from './sample-reader.ts';
import { allIndexes } from './split.ts';

/** 4 MB of text. */
const mostMeanValues = 1_048_576;

/** The parts of a data set that its description is of. */
export type DescribedData = Pick<Dataset, 'name' | 'sampleShape' | 'classNames' | 'train' | 'test'>;

/** The answer of `describeDataset`. */
export type DataDescription = ReturnType<typeof describeDataset>;

/**
 * Counts of a data set's samples and byte values, and the mean image of each class (zeros for a class
 * without samples; none where these would be more than 2^20 values): the content of a run's
 * `dataset.json`, whose type is `DatasetRecord` of `@convbook/run`.
 *
 * @param trained indexes of the training samples that are described.
 * @param held of those that are held out.
 */
export function describeDataset(
  dataset: DescribedData,
  trained: Uint32Array,
  held: Uint32Array = new Uint32Array(0),
) {
  const { name, sampleShape, classNames, train, test } = dataset;
  const [C, H, W] = sampleShape;
  const count = ({ labels }: ImageSet, samples: Uint32Array) => ({
    samples: samples.length,
    perClass: countLabels(labels, samples, classNames.length),
  });
  const described = count(train, trained);
  const size = C * H * W;
  const areShown = classNames.length * size <= mostMeanValues;
  const { sums, histogram } = sumImages(train, trained, areShown ? classNames.length : 1, size);
  return {
    name,
    sampleShape: [...sampleShape],
    classNames: [...classNames],
    train: described,
    ...(held.length > 0 ? { validation: count(train, held) } : {}),
    test: count(test, allIndexes(test.count)),
    meanImages: areShown
      ? described.perClass.map((count, label) => toMeanImage(sums[label], count))
      : [],
    histogram,
  };
}

/**
 * Sum of the images of each class, `[class][c·h·w]`, exact up to 16 million samples, or of all
 * classes as one; counts of the byte values.
 */
function sumImages(
  set: ImageSet,
  samples: Uint32Array,
  classes: number,
  size: number,
): { sums: Uint32Array[]; histogram: number[] } {
  const sums = Array.from({ length: classes }, () => new Uint32Array(size));
  const counts = new Uint32Array(256);
  const read = sampleReader(set);
  for (const sample of samples) {
    addImage(read(sample), sums[classes === 1 ? 0 : set.labels[sample]], counts);
  }
  const histogram = Array.from(counts);
  const nonZero = counts.subarray(1).reduce((total, count) => total + count, 0);
  histogram[0] = samples.length * size - nonZero;
  return { sums, histogram };
}

/**
 * Adds an image to `sum` and its bytes to `counts`, but skips four zeros at once (MNIST: 85 ms
 * instead of 150).
 */
function addImage(bytes: Uint8Array, sum: Uint32Array, counts: Uint32Array): void {
  const whole = sum.length - (sum.length % 4);
  for (let pixel = 0; pixel < whole; pixel += 4) {
    const a = bytes[pixel];
    const b = bytes[pixel + 1];
    const c = bytes[pixel + 2];
    const d = bytes[pixel + 3];
    if ((a | b | c | d) === 0) continue;
    counts[a]++;
    counts[b]++;
    counts[c]++;
    counts[d]++;
    sum[pixel] += a;
    sum[pixel + 1] += b;
    sum[pixel + 2] += c;
    sum[pixel + 3] += d;
  }
  for (let pixel = whole; pixel < sum.length; pixel++) {
    counts[bytes[pixel]]++;
    sum[pixel] += bytes[pixel];
  }
}

function toMeanImage(sum: Uint32Array, count: number): number[] {
  return Array.from(sum, (total) => Math.round(total / Math.max(count, 1)));
}
