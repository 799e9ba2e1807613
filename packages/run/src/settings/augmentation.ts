// How training images may be varied, as data. The images are varied in @convbook/data.
import { atLeastZero, atMost, belowOne, showValue, type Expected } from '@convbook/core/checks';
import { ConfigurationError } from '@convbook/core';
import { nullable } from 'valibot';
import { mapping, number } from '../checks/fields.ts';
import { checkNumbers, formatChanged } from './named.ts';
import type { SettingType } from './setting-type.ts';

/** The most an image is changed; each draw is even between minus and plus that. */
export interface AugmentationSettings {
  /** Pixels along each axis. */
  readonly shift: number;
  /** Degrees about the middle. */
  readonly rotation: number;
  /** Fraction an image becomes larger or smaller by. */
  readonly scale: number;
  /** Pixels along each axis that the nodes of a coarse grid move; between them it is smooth. */
  readonly elastic: number;
}

/** As a user gives it: what is left out is 0. */
export type GivenAugmentation = {
  readonly [Setting in keyof AugmentationSettings]?: number | undefined;
};

/** Further than any image is large. */
const pixels = atMost(10_000, atLeastZero);

/** Every setting with its default, and what it may be. */
export const augmentation: {
  readonly defaults: AugmentationSettings;
  readonly expected: Readonly<Record<keyof AugmentationSettings, Expected>>;
} = {
  defaults: { shift: 0, rotation: 0, scale: 0, elastic: 0 },
  expected: { shift: pixels, rotation: atMost(360, atLeastZero), scale: belowOne, elastic: pixels },
};

/** Null where it changes nothing. */
export const augmentationType: SettingType<
  GivenAugmentation | null,
  AugmentationSettings | null,
  Record<string, number> | null
> = {
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
    const changes = Object.values(settings).some((most) => most > 0);
    return changes ? { ...augmentation.defaults, ...settings } : null;
  },
  format: (value) => (value === null ? 'none' : formatChanged(value, augmentation.defaults)),
  toRecorded: (value) => value && { ...value },
  fromRecorded: (recorded) => recorded,
};
