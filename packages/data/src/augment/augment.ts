import {
  atLeastZero,
  checkImageShape,
  checkNumber,
  checkObject,
  upToOne,
  wholeAtLeastZero,
} from '@convbook/core/checks';
import type { Augmentation } from './augmentation.ts';
import { changePhoto } from './change-photo.ts';
import { createPhotoDraws } from './draw-photo.ts';
import { createDraws } from './draw-warp.ts';
import { createWarp, identityWarp } from './warp.ts';

/**
 * The image `index` of a set as epoch `epoch` shows it: bytes that the next call overwrites.
 *
 * @param images Bytes, `[count, channels, height, width]`.
 * @param place Where in `images` the image is; default `index`.
 */
export type Augment = (
  images: Uint8Array,
  index: number,
  epoch: number,
  place?: number,
) => Uint8Array;

type SampleShape = readonly [channels: number, height: number, width: number];

/**
 * Varies images of `[channels, height, width]`: first by one warp, then mirrored, cut, recoloured and
 * erased. The result depends on the image, the settings and (seed, epoch, index) alone.
 */
export function createAugment(
  settings: Augmentation,
  seed: number,
  sampleShape: SampleShape,
): Augment {
  checkSettings(settings);
  checkImageShape('createAugment sampleShape', sampleShape);
  const warp = createWarping(settings, seed, sampleShape);
  if (!changesPhoto(settings)) return warp;
  const [channels, height, width] = sampleShape;
  const size = channels * height * width;
  const draw = createPhotoDraws(settings, seed, [height, width]);
  const image = new Uint8Array(size);
  const isWarped = changesWarp(settings);
  return (images, index, epoch, place = index) => {
    const source = isWarped ? warp(images, index, epoch, place) : images;
    changePhoto(sampleShape, source, isWarped ? 0 : place * size, draw(epoch, index), image);
    return image;
  };
}

function createWarping(settings: Augmentation, seed: number, sampleShape: SampleShape): Augment {
  const [channels, height, width] = sampleShape;
  const size = channels * height * width;
  const draw = createDraws(settings, seed, [height, width]);
  const warpImage = createWarp(sampleShape, settings.elastic > 0);
  const warp = identityWarp([height, width]);
  const image = new Uint8Array(size);
  return (images, index, epoch, place = index) => {
    draw(epoch, index, warp);
    warpImage(images, place * size, warp, image);
    return image;
  };
}

function checkSettings(settings: Augmentation): void {
  const example = '{ shift: 2, rotation: 0, scale: 0, elastic: 0 }';
  checkObject('createAugment settings', settings, example);
  for (const name of ['shift', 'rotation', 'scale', 'elastic'] as const) {
    checkNumber(`createAugment ${name}`, settings[name], atLeastZero);
  }
  for (const name of ['flip', 'brightness', 'contrast', 'saturation', 'erase'] as const) {
    checkNumber(`createAugment ${name}`, settings[name] ?? 0, upToOne);
  }
  checkNumber('createAugment crop', settings.crop ?? 0, wholeAtLeastZero);
}

function changesWarp({ shift, rotation, scale, elastic }: Augmentation): boolean {
  return [shift, rotation, scale, elastic].some((most) => most > 0);
}

function changesPhoto(settings: Augmentation): boolean {
  const { flip, crop, brightness, contrast, saturation, erase } = settings;
  return [flip, crop, brightness, contrast, saturation, erase].some((most) => (most ?? 0) > 0);
}
