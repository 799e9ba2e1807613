import type { DataSource } from './data-source.ts';
import type { Dataset, ImageSet } from './dataset.ts';

/** The test set that was read with a training set. */
const readTogether = new WeakMap<ImageSet, ImageSet>();

/** The data set, remembered to have the very samples of its source. */
export function fromSource(data: Dataset): Dataset {
  readTogether.set(data.train, data.test);
  return data;
}

/** Where the samples came from; undefined where a program made them or put others in their place. */
export function sourceOf({ source, train, test }: Dataset): DataSource | undefined {
  return readTogether.get(train) === test ? source : undefined;
}
