import type { Dataset, ImageSet } from '../dataset.ts';
import { sampleReader, type ReadSample } from '../sample-reader.ts';
import { imageHash } from './image-hash.ts';

/** A sample of a data set. */
export interface Place {
  readonly set: 'train' | 'test';
  readonly index: number;
}

/**
 * Images with the same bytes: groups of two and more, training before test samples, each in order.
 * 70,000 images of MNIST take 0.04 s.
 */
export function findCopies({ train, test }: Pick<Dataset, 'train' | 'test'>): Place[][] {
  const placeOf = (at: number): Place =>
    at < train.count ? { set: 'train', index: at } : { set: 'test', index: at - train.count };
  // A reader may overwrite the image that it gave before.
  const [one, other] = [readerOf(train, test), readerOf(train, test)];
  const seen = new Map<number, number>();
  const copies = new Map<number, number[]>();
  const hashes = [hashesOf(train), hashesOf(test)].flatMap((side) => [...side]);
  hashes.forEach((hash, at) => {
    const first = findFirst(seen, hash, at, (earlier) => areEqual(one(earlier), other(at)));
    if (first === at) return;
    const group = copies.get(first);
    if (group === undefined) copies.set(first, [first, at]);
    else group.push(at);
  });
  return [...copies.values()].map((group) => group.map(placeOf));
}

/** The first image like this one, which may be itself; another of the same hash has the next free key. */
function findFirst(
  seen: Map<number, number>,
  hash: number,
  at: number,
  isLike: (other: number) => boolean,
): number {
  for (let key = hash; ; key = (key + 1) | 0) {
    const other = seen.get(key);
    if (other === undefined) seen.set(key, at);
    if (other === undefined || isLike(other)) return other ?? at;
  }
}

/** Reads the images of the training set, then those of the test. */
function readerOf(train: ImageSet, test: ImageSet): ReadSample {
  const [trained, tested] = [sampleReader(train), sampleReader(test)];
  return (at) => (at < train.count ? trained(at) : tested(at - train.count));
}

function hashesOf(set: ImageSet): Int32Array {
  const read = sampleReader(set);
  return Int32Array.from({ length: set.count }, (_, at) => imageHash(read(at)));
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.every((byte, at) => byte === other[at]);
}
