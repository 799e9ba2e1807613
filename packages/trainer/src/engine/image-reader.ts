import { createAugment, sampleReader } from '@convbook/data/images';
import type { SharedState } from './shared-state.ts';
import type { Images } from './subset.ts';

/** The image at an index of a set, from a file or varied: bytes that the next call overwrites. */
export type ReadImage = (images: Uint8Array, index: number) => Uint8Array;

/** How an epoch reads its training images; null where they are taken from memory as they are. */
export function createImageReader(
  state: Pick<SharedState, 'plan' | 'sampleShape' | 'train'>,
): (epoch: number) => ReadImage | null {
  const { augment: settings, seed } = state.plan.configuration;
  const readPlain = createPlainReader(state.train.images);
  if (settings === null) return () => readPlain;
  const augment = createAugment(settings, seed, state.sampleShape);
  return (epoch) =>
    readPlain === null
      ? (images, index) => augment(images, index, epoch)
      : (images, index) => augment(readPlain(images, index), index, epoch, 0);
}

/** How images are read that are not varied; null where they are taken from memory. */
export function createPlainReader(set: Images): ReadImage | null {
  if (!set.file) return null;
  const read = sampleReader(set);
  return (_, index) => read(index);
}
