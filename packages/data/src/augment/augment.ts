import { atLeastZero, checkImageShape, checkNumber, checkObject } from '@convbook/core/checks';
import type { Augmentation } from './augmentation.ts';
import { createDraws } from './draw-warp.ts';
import { createWarp, identityWarp } from './warp.ts';

/**
 * The image `index` of `images` (bytes, `[count, channels, height, width]`) as epoch `epoch` shows
 * it: bytes that the next call overwrites.
 */
export type Augment = (images: Uint8Array, index: number, epoch: number) => Uint8Array;

/**
 * Varies images of `[channels, height, width]`. The result depends on the image, the settings and
 * (seed, epoch, index) alone.
 */
export function createAugment(
  settings: Augmentation,
  seed: number,
  sampleShape: readonly [number, number, number],
): Augment {
  checkObject(
    'createAugment settings',
    settings,
    '{ shift: 2, rotation: 0, scale: 0, elastic: 0 }',
  );
  for (const name of ['shift', 'rotation', 'scale', 'elastic'] as const) {
    checkNumber(`createAugment ${name}`, settings[name], atLeastZero);
  }
  checkImageShape('createAugment sampleShape', sampleShape);
  const [channels, height, width] = sampleShape;
  const size = channels * height * width;
  const draw = createDraws(settings, seed, [height, width]);
  const warpImage = createWarp(sampleShape, settings.elastic > 0);
  const warp = identityWarp([height, width]);
  const image = new Uint8Array(size);
  return (images, index, epoch) => {
    draw(epoch, index, warp);
    warpImage(images, index * size, warp, image);
    return image;
  };
}
