// How training images may be varied, as data. The images are varied in @convbook/data.
import {
  atLeastZero,
  atMost,
  belowOne,
  showValue,
  upToOne,
  wholeAtLeastZero,
  type Expected,
} from '@convbook/core/checks';
import { ConfigurationError } from '@convbook/core';
import { nullable } from 'valibot';
import { mapping, number } from '../checks/fields.ts';
import { checkNumbers, formatChanged } from './named.ts';
import type { SettingType } from './setting-type.ts';

/** The most an image is changed; each draw is even between minus and plus that. */
export interface AugmentationSettings extends PhotoSettings {
  /** Pixels along each axis. */
  readonly shift: number;
  /** Degrees about the middle. */
  readonly rotation: number;
  /** Fraction an image becomes larger or smaller by. */
  readonly scale: number;
  /** Pixels along each axis that the nodes of a coarse grid move; between them it is smooth. */
  readonly elastic: number;
}

/** What suits photos; absent where it is 0. */
export interface PhotoSettings {
  /** Probability that left and right are exchanged, usually 0.5. */
  readonly flip?: number | undefined;
  /** Pixels of zeros around the image, from which one of its size is cut. */
  readonly crop?: number | undefined;
  /** Fraction by which values grow or shrink. */
  readonly brightness?: number | undefined;
  /** Fraction by which distances from the image's mean grow or shrink. */
  readonly contrast?: number | undefined;
  /** Fraction by which distances from a pixel's grey grow or shrink; for images of three channels. */
  readonly saturation?: number | undefined;
  /** Most of the height and of the width of a rectangle that becomes zero. */
  readonly erase?: number | undefined;
}

/** As a user gives it: what is left out is 0. */
export type GivenAugmentation = {
  readonly [Setting in keyof AugmentationSettings]?: number | undefined;
};

/** Further than any image is large. */
const pixels = atMost(10_000, atLeastZero);

/** Every setting and what it may be; those that have a default are always recorded. */
export const augmentation: {
  readonly defaults: AugmentationSettings;
  readonly expected: Readonly<Record<keyof AugmentationSettings, Expected>>;
} = {
  defaults: { shift: 0, rotation: 0, scale: 0, elastic: 0 },
  expected: {
    shift: pixels,
    rotation: atMost(360, atLeastZero),
    scale: belowOne,
    elastic: pixels,
    flip: upToOne,
    crop: wholeAtLeastZero,
    brightness: belowOne,
    contrast: belowOne,
    saturation: belowOne,
    erase: belowOne,
  },
};

/** Null where it changes nothing. */
export const augmentationType: SettingType<GivenAugmentation | null, AugmentationSettings | null> =
  {
    kind: 'augmentation',
    recorded: nullable(mapping(number)),
    resolve(where, given) {
      if (given === null) return null;
      if (typeof given !== 'object') {
        throw new ConfigurationError(
          `${where}: expected settings such as { shift: 2 }, got ${showValue(given)}`,
        );
      }
      const settings = checkNumbers(where, { ...given }, augmentation.expected);
      const changing = Object.keys(augmentation.expected).filter((name) => settings[name] > 0);
      if (changing.length === 0) return null;
      const changes = Object.fromEntries(changing.map((name) => [name, settings[name]]));
      return { ...augmentation.defaults, ...changes };
    },
    format: (value) => (value === null ? 'none' : formatChanged(value, augmentation.defaults)),
    toRecorded: (value) => value && { ...value },
    fromRecorded: (recorded) => recorded,
  };
