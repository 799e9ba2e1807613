import { createAugment } from '@convbook/data/images';
import type { SharedState } from './shared-state.ts';

/** The image at an index of a set, varied: bytes that the next call overwrites. */
export type ReadImage = (images: Uint8Array, index: number) => Uint8Array;

/** How an epoch reads its training images; null where they are taken as they are. */
export function createImageReader(
  state: Pick<SharedState, 'plan' | 'sampleShape'>,
): (epoch: number) => ReadImage | null {
  const { augment: settings, seed } = state.plan.configuration;
  if (settings === null) return () => null;
  const augment = createAugment(settings, seed, state.sampleShape);
  return (epoch) => (images, index) => augment(images, index, epoch);
}
